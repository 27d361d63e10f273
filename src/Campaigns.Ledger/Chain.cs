using System.Buffers.Binary;
using System.Globalization;

namespace Campaigns.Ledger;

/// <summary>
/// 128 bits of a keyed hash that links an entry to its predecessor; zero before a stream's first entry.
/// </summary>
public readonly record struct Chain(UInt128 Value)
{
    public static Chain Start => default;

    public static Chain Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public void WriteTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
