using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Campaigns.Domain.Fairness;

/// <summary>
/// SHA-256 over the seed followed by the canonical definition: published before a pool opens, it binds the operator
/// to both. The exact bytes are in docs/fairness.md.
/// </summary>
public readonly record struct Commitment
{
    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private Commitment(ReadOnlySpan<byte> hash)
    {
        _high = BinaryPrimitives.ReadUInt128BigEndian(hash);
        _low = BinaryPrimitives.ReadUInt128BigEndian(hash[16..]);
    }

    public static Commitment Of(Seed seed, ReadOnlySpan<byte> canonicalDefinition)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(seed.Bytes);
        sha.AppendData(canonicalDefinition);
        sha.GetHashAndReset(hash);
        return new Commitment(hash);
    }

    /// <summary>Throws <see cref="FormatException"/> unless the text is 64 hexadecimal digits.</summary>
    public static Commitment Parse(string hex) => hex.Length == 64
        ? new Commitment(Convert.FromHexString(hex))
        : throw new FormatException("A commitment is written as 64 hexadecimal digits.");

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() =>
        _high.ToString("x32", CultureInfo.InvariantCulture) + _low.ToString("x32", CultureInfo.InvariantCulture);
}
