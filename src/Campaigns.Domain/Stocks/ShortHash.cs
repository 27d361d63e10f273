using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Campaigns.Domain.Stocks;

/// <summary>The first 64 bits of SHA-256 over UTF-8 text: tells ids apart in memory at 8 bytes each.</summary>
public static class ShortHash
{
    public static ulong Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
