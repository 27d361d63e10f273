using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;

namespace Campaigns.Grains.Campaigns;

/// <summary>What approval gives each pool of a campaign.</summary>
/// <param name="Pool">Name of the pool's stream.</param>
/// <param name="Amount">Minor units or pieces.</param>
internal readonly record struct PoolShare(string Pool, string Unit, long Amount);

internal static class PoolShares
{
    public static IReadOnlyList<PoolShare> Of(
        Campaign campaign, int definitionVersion, Func<string, string, Seed> seedOf)
    {
        var shares = new List<PoolShare>();
        foreach (var activity in campaign.Activities)
        {
            if (activity is RedPacketActivity packets)
            {
                AddPackets(shares, campaign, packets, definitionVersion, seedOf);
            }

            foreach (var stock in activity.Stocks(campaign))
            {
                Add(shares, stock.Terms.Name, stock.Terms.Unit ?? Units.Pieces, stock.Money);
                Add(shares, stock.Terms.Name, Units.Pieces, stock.Pieces);
            }
        }

        return shares;
    }

    /// <summary>Name and number of shards or stocks of every pool, for calling them.</summary>
    public static IEnumerable<(string ActivityId, int Count, bool HasPackets)> Pools(Campaign campaign)
    {
        foreach (var activity in campaign.Activities)
        {
            if (activity is RedPacketActivity packets)
            {
                yield return (activity.Id, packets.Shards, true);
            }

            yield return (activity.Id, activity.Stocks(campaign).Length, false);
        }
    }

    private static void AddPackets(
        List<PoolShare> shares,
        Campaign campaign,
        RedPacketActivity packets,
        int definitionVersion,
        Func<string, string, Seed> seedOf)
    {
        var seeds = packets.Rounds.Select(round => seedOf(packets.Id, round.Id)).ToList();
        for (var shard = 0; shard < packets.Shards; shard++)
        {
            var opened = PacketPool.Open(campaign.Id, packets, definitionVersion, shard, seeds);
            Add(shares, opened.Name, Units.Cash, opened.Rounds.Sum(round => round.Total));
        }
    }

    private static void Add(List<PoolShare> shares, string pool, string unit, long amount)
    {
        if (amount > 0)
        {
            shares.Add(new PoolShare(pool, unit, amount));
        }
    }
}
