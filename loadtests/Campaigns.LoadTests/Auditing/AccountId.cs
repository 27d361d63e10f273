using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Campaigns.LoadTests.Auditing;

/// <summary>
/// The journal's ids of streams and accounts: the first 128 bits of SHA-256 over the name. Computed here by code of
/// its own, so that the audit does not trust what it audits.
/// </summary>
internal static class AccountId
{
    public static UInt128 Of(string name)
    {
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(name.Length)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(name, utf8)], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    public static UInt128 User(string user) => Of("user/" + user);

    /// <param name="pool">campaign/activity/shard.</param>
    public static UInt128 Pool(string pool) => Of("pool/" + pool);
}
