using System.Buffers.Binary;
using System.Globalization;

namespace Campaigns.Ledger;

/// <summary>
/// 128 bits of a keyed hash that links an entry to its predecessor; zero before a stream's first entry.
/// </summary>
public readonly record struct Chain(UInt128 Value)
{
    public static Chain Start => default;

    /// <summary>Stands for a stored chain that is none: no content has it.</summary>
    internal static Chain Unreadable => new(UInt128.MaxValue);

    public static Chain Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public void WriteTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
