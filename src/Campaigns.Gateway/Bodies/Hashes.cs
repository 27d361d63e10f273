using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Campaigns.Gateway.Answers;

namespace Campaigns.Gateway.Bodies;

/// <summary>The hashes by which grains recognise an operation: first 8 bytes of SHA-256, big-endian.</summary>
internal static class Hashes
{
    /// <summary>
    /// Of a body in canonical form: its known members written again in the order of their declaration. So white space,
    /// escapes, the members' order and explicit nulls make no difference.
    /// </summary>
    public static ulong Body<T>(T body, JsonTypeInfo<T> type) => First(JsonOutput.Bytes(body, type));

    /// <summary>Of an idempotency key; never 0, which means that there is none.</summary>
    public static ulong Key(string key)
    {
        var hash = First(Encoding.ASCII.GetBytes(key));
        return hash == 0 ? 1 : hash;
    }

    private static ulong First(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
