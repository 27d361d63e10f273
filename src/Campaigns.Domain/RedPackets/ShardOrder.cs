using System.Collections.Immutable;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// The order in which a user's draws ask an activity's shards: the home shard, then the others, fixed per user and
/// different between users, so that those of an empty shard spread over all that still hold packets.
/// </summary>
public static class ShardOrder
{
    /// <summary>The high 64 bits of the user's id modulo the number of shards.</summary>
    public static int Home(StreamId user, int shards) => (int)((ulong)(user.Value >> 64) % (uint)shards);

    public static ImmutableArray<int> For(StreamId user, int shards)
    {
        var order = new int[shards];
        for (var shard = 0; shard < shards; shard++)
        {
            order[shard] = shard;
        }

        (order[0], order[Home(user, shards)]) = (order[Home(user, shards)], order[0]);
        var state = (ulong)user.Value;
        for (var last = shards - 1; last > 1; last--)
        {
            var chosen = 1 + (int)(Mix(ref state) % (uint)last);
            (order[last], order[chosen]) = (order[chosen], order[last]);
        }

        return ImmutableArray.Create(order);
    }

    // SplitMix64 (Steele, Lea, Flood 2014); spreads load, decides no value.
    private static ulong Mix(ref ulong state)
    {
        unchecked
        {
            var mixed = state += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
