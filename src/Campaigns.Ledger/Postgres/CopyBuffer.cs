using System.Buffers.Binary;
using System.Text;

namespace Campaigns.Ledger.Postgres;

/// <summary>
/// Rows in PostgreSQL's binary COPY format, built in one buffer that is kept: a row costs no allocation and no call per
/// column. The format: signature, flags, no extension; per row a count, per column a length and the bytes; then -1.
/// </summary>
internal sealed class CopyBuffer
{
    /// <summary>In the order of <see cref="Add"/>.</summary>
    public const string Copy =
        """
        copy entries (version, at, amount, stream, chain, credit, kind, unit, payload) from stdin (format binary)
        """;

    private const short Columns = 9;
    private const int LargestKept = 8 * 1024 * 1024;

    /// <summary>The row's count, nine lengths, four numbers and three ids.</summary>
    private const int FixedBytes = 2 + 4 * Columns + 8 * 3 + 2 + 16 * 3;

    private byte[] _bytes = new byte[64 * 1024];
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Fill(IReadOnlyList<Commit> batch)
    {
        if (_bytes.Length > LargestKept)
        {
            _bytes = new byte[64 * 1024];
        }

        _length = 0;
        Raw(Signature);
        Int32(0);
        Int32(0);
        foreach (var commit in batch)
        {
            foreach (var entry in commit.Entries)
            {
                Add(entry);
            }
        }

        Int16(-1);
    }

    private static ReadOnlySpan<byte> Signature => [0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00];

    private void Add(Entry entry)
    {
        var unit = entry.Unit is null ? 0 : Encoding.UTF8.GetByteCount(entry.Unit);
        Ensure(FixedBytes + unit + entry.Payload.Length);
        Int16(Columns);
        Int64(entry.Version);
        Int64(entry.At);
        if (entry.Amount == 0)
        {
            Int32(-1);
        }
        else
        {
            Int64(entry.Amount);
        }

        Int32(16);
        entry.Stream.WriteTo(Next(16));
        Int32(16);
        entry.Chain.WriteTo(Next(16));
        if (entry.Credit.IsNone)
        {
            Int32(-1);
        }
        else
        {
            Int32(16);
            entry.Credit.WriteTo(Next(16));
        }

        Int32(2);
        Int16((short)entry.Kind);
        if (entry.Unit is null)
        {
            Int32(-1);
        }
        else
        {
            Int32(unit);
            Encoding.UTF8.GetBytes(entry.Unit, Next(unit));
        }

        Int32(entry.Payload.Length);
        Raw(entry.Payload.Span);
    }

    private void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Next(2), value);

    private void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Next(4), value);

    /// <summary>The length of a bigint and its bytes.</summary>
    private void Int64(long value)
    {
        Int32(8);
        BinaryPrimitives.WriteInt64BigEndian(Next(8), value);
    }

    private void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Next(bytes.Length));

    private Span<byte> Next(int count)
    {
        Ensure(count);
        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }

    private void Ensure(int count)
    {
        if (_length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }
    }
}
