using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Campaigns.Domain.Payloads;

/// <summary>
/// Writes the payload of a journal entry: LEB128 variable-length integers (zig-zag for signed ones), UTF-8 strings
/// and byte strings behind their length, fixed 64 and 128-bit words big-endian. Members have no tags: an event's
/// layout is fixed for good, a changed event is a new entry kind.
/// </summary>
public sealed class PayloadWriter
{
    private readonly ArrayBufferWriter<byte> _buffer;

    public PayloadWriter(int capacity = 64) => _buffer = new ArrayBufferWriter<byte>(capacity);

    public int Length => _buffer.WrittenCount;

    public PayloadWriter Unsigned(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var written = 0;
        while (value >= 0x80)
        {
            span[written++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[written++] = (byte)value;
        _buffer.Advance(written);
        return this;
    }

    public PayloadWriter Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public PayloadWriter Flag(bool value) => Unsigned(value ? 1UL : 0UL);

    public PayloadWriter Fixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    public PayloadWriter Fixed128(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128BigEndian(_buffer.GetSpan(16), value);
        _buffer.Advance(16);
        return this;
    }

    public PayloadWriter Text(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)bytes);
        Encoding.UTF8.GetBytes(value, _buffer.GetSpan(bytes));
        _buffer.Advance(bytes);
        return this;
    }

    /// <summary>A string that may be missing: missing and empty stay apart.</summary>
    public PayloadWriter OptionalText(string? value) => value is null ? Flag(false) : Flag(true).Text(value);

    public PayloadWriter Bytes(ReadOnlySpan<byte> value)
    {
        Unsigned((ulong)value.Length);
        value.CopyTo(_buffer.GetSpan(value.Length));
        _buffer.Advance(value.Length);
        return this;
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
