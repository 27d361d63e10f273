using System.Collections.Immutable;
using Campaigns.Domain.Fairness;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// What one shard holds of one round: cumulative floors of the count, and of the money in proportion to the count, so
/// that every shard's packets can keep the round's least and greatest amount.
/// </summary>
/// <param name="Total">Minor units.</param>
/// <param name="Amounts">Denominations of the shard, ascending; empty for a computed split.</param>
public sealed record ShardShare(int Count, long Total, ImmutableArray<Denomination> Amounts)
{
    private const string DealLabel = "deal";

    /// <summary>The seed matters for denominations only: it places those that do not divide evenly.</summary>
    public static ShardShare Of(RoundTerms terms, Seed seed, int shard)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, terms.Shards);
        var from = CountBefore(terms, shard);
        var until = CountBefore(terms, shard + 1);
        if (terms.Split == Split.Denominations)
        {
            return Dealt(terms, seed, shard);
        }

        return new ShardShare(until - from, MoneyBefore(terms, until) - MoneyBefore(terms, from), []);
    }

    private static int CountBefore(RoundTerms terms, int shard) => (int)((long)terms.Count * shard / terms.Shards);

    private static long MoneyBefore(RoundTerms terms, int packets) =>
        packets == 0 ? 0 : (long)((Int128)terms.Total * packets / terms.Count);

    private static ShardShare Dealt(RoundTerms terms, Seed seed, int shard)
    {
        var counts = new int[terms.Amounts.Length];
        var leftovers = Leftovers(terms);
        using (var stream = new SeedStream(seed, DealLabel))
        {
            stream.Shuffle(leftovers.AsSpan());
        }

        var slot = 0;
        for (var current = 0; current <= shard; current++)
        {
            var share = CountBefore(terms, current + 1) - CountBefore(terms, current);
            var even = terms.Amounts.Sum(one => Evenly(terms, one, share));
            if (current == shard)
            {
                for (var index = 0; index < counts.Length; index++)
                {
                    counts[index] = Evenly(terms, terms.Amounts[index], share);
                }

                foreach (var index in leftovers.AsSpan(slot, share - even))
                {
                    counts[index]++;
                }
            }

            slot += share - even;
        }

        var amounts = terms.Amounts.Select((one, index) => one with { Count = counts[index] })
            .Where(one => one.Count > 0).ToImmutableArray();
        return new ShardShare(counts.Sum(), amounts.Sum(one => one.Amount * one.Count), amounts);
    }

    private static int[] Leftovers(RoundTerms terms)
    {
        var leftovers = new List<int>();
        for (var index = 0; index < terms.Amounts.Length; index++)
        {
            var left = terms.Amounts[index].Count;
            for (var shard = 0; shard < terms.Shards; shard++)
            {
                left -= Evenly(terms, terms.Amounts[index], CountBefore(terms, shard + 1) - CountBefore(terms, shard));
            }

            leftovers.AddRange(Enumerable.Repeat(index, left));
        }

        return [.. leftovers];
    }

    private static int Evenly(RoundTerms terms, Denomination one, int share) =>
        terms.Count == 0 ? 0 : (int)((long)one.Count * share / terms.Count);
}
