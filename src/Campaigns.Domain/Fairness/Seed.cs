using System.Security.Cryptography;

namespace Campaigns.Domain.Fairness;

/// <summary>
/// 256 secret bits from which everything random of one round follows. Shown to nobody before the round's campaign has
/// ended; <see cref="ToString"/> therefore does not show it, <see cref="ToHex"/> does.
/// </summary>
public sealed class Seed : IEquatable<Seed>
{
    public const int Size = 32;

    private readonly byte[] _bytes;

    private Seed(byte[] bytes) => _bytes = bytes;

    /// <summary>Throws <see cref="ArgumentException"/> unless there are exactly <see cref="Size"/> bytes.</summary>
    public static Seed Of(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new Seed(bytes.ToArray())
        : throw new ArgumentException($"A seed has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Throws <see cref="FormatException"/> unless the text is 64 hexadecimal digits.</summary>
    public static Seed Parse(string hex) => hex.Length == 2 * Size
        ? new Seed(Convert.FromHexString(hex))
        : throw new FormatException($"A seed is written as {2 * Size} hexadecimal digits.");

    internal ReadOnlySpan<byte> Bytes => _bytes;

    public byte[] ToArray() => [.. _bytes];

    /// <summary>64 lower-case hexadecimal digits; for the revelation only.</summary>
    public string ToHex() => Convert.ToHexStringLower(_bytes);

    public bool Equals(Seed? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    public override bool Equals(object? obj) => Equals(obj as Seed);

    public override int GetHashCode() => BitConverter.ToInt32(_bytes);

    public override string ToString() => "seed (secret)";
}
