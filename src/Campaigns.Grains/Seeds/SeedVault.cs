using System.Security.Cryptography;

namespace Campaigns.Grains.Seeds;

/// <summary>
/// Keeps the seeds of unfinished pools unreadable in the database: AES-256-GCM under a key outside it. What is sealed
/// is bound to its place, so that a row cannot be passed off as another pool's.
/// </summary>
public sealed class SeedVault
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _key;

    /// <param name="key">32 bytes.</param>
    public SeedVault(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, 32);
        _key = key.ToArray();
    }

    /// <summary>nonce, tag and cipher text, in this order.</summary>
    public byte[] Seal(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> nonce, string place)
    {
        var cipher = new byte[NonceSize + TagSize + seed.Length];
        nonce.CopyTo(cipher);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(
            nonce, seed, cipher.AsSpan(NonceSize + TagSize), cipher.AsSpan(NonceSize, TagSize),
            System.Text.Encoding.UTF8.GetBytes(place));
        return cipher;
    }

    /// <summary>Throws <see cref="CryptographicException"/> where key, place or content do not match.</summary>
    public byte[] Open(ReadOnlySpan<byte> cipher, string place)
    {
        var seed = new byte[cipher.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(
            cipher[..NonceSize], cipher[(NonceSize + TagSize)..], cipher.Slice(NonceSize, TagSize), seed,
            System.Text.Encoding.UTF8.GetBytes(place));
        return seed;
    }
}
