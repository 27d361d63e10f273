using System.Text;

namespace Campaigns.Contracts;

/// <summary>
/// The order in which one user's draws try the shards of a pool: fixed per user, different between users.
/// </summary>
public static class ShardOrder
{
    /// <summary>The shard at <paramref name="step"/> of the user's order; step 0 is the home shard.</summary>
    public static int At(string userId, int shards, int step)
    {
        if (shards == 1)
        {
            return 0;
        }

        var hash = Hash(userId);
        var stride = Stride((uint)(hash >> 32), (uint)shards);
        return (int)(((uint)hash + (ulong)step * stride) % (uint)shards);
    }

    private static ulong Hash(string userId)
    {
        ulong hash = 14695981039346656037;
        foreach (var letter in Encoding.UTF8.GetBytes(userId))
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        return hash ^ (hash >> 33);
    }

    /// <summary>
    /// A step width without a common divisor with <paramref name="shards"/>, so that every shard is met once.
    /// </summary>
    private static uint Stride(uint hash, uint shards)
    {
        var stride = (hash % (shards - 1)) + 1;
        while (CommonDivisor(stride, shards) != 1)
        {
            stride = (stride % (shards - 1)) + 1;
        }

        return stride;
    }

    private static uint CommonDivisor(uint a, uint b) => b == 0 ? a : CommonDivisor(b, a % b);
}
