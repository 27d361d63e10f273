using System.Buffers.Binary;
using System.Text;

namespace Campaigns.Domain.Payloads;

/// <summary>
/// Reads what <see cref="PayloadWriter"/> wrote; a short or overlong payload throws <see cref="FormatException"/>.
/// </summary>
public ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    public readonly bool AtEnd => _rest.IsEmpty;

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("A variable-length integer of the journal runs over 64 bits.");
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Int32() => checked((int)Signed());

    public bool Flag() => Unsigned() switch
    {
        0 => false,
        1 => true,
        var other => throw new FormatException($"A flag of the journal holds {other}."),
    };

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public UInt128 Fixed128() => BinaryPrimitives.ReadUInt128BigEndian(Take(16));

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public string? OptionalText() => Flag() ? Text() : null;

    public ReadOnlySpan<byte> Bytes() => Take(checked((int)Unsigned()));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new FormatException("A payload of the journal ends too early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
