using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Campaigns.Domain.Values;

/// <summary>
/// Names a stream of the journal and the account of the same name: the first 128 bits of SHA-256 over the UTF-8
/// name. A hash needs no registry, so a user's first request costs no look-up and no row.
/// </summary>
public readonly record struct StreamId(UInt128 Value) : IComparable<StreamId>
{
    /// <summary>No account: the entry moves no value.</summary>
    public static StreamId None => default;

    public bool IsNone => Value == UInt128.Zero;

    /// <summary>
    /// The id of <paramref name="name"/>, for example <c>user/alice</c> or <c>pool/ny2027/lucky-bag/0</c>.
    /// </summary>
    public static StreamId Of(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (Encoding.UTF8.GetMaxByteCount(name.Length) <= 512)
        {
            Span<byte> utf8 = stackalloc byte[512];
            SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(name, utf8)], hash);
        }
        else
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        }

        return new StreamId(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>Reads the 16 big-endian bytes that <see cref="WriteTo"/> wrote.</summary>
    public static StreamId Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public static StreamId Parse(string hex) =>
        new(UInt128.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    public void WriteTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    public int CompareTo(StreamId other) => Value.CompareTo(other.Value);

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    public static bool operator <(StreamId left, StreamId right) => left.Value < right.Value;

    public static bool operator >(StreamId left, StreamId right) => left.Value > right.Value;

    public static bool operator <=(StreamId left, StreamId right) => left.Value <= right.Value;

    public static bool operator >=(StreamId left, StreamId right) => left.Value >= right.Value;
}
