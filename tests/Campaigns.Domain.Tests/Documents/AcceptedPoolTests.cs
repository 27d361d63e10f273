using Campaigns.Domain.Fairness;
using Campaigns.Domain.RedPackets;
using FsCheck;
using FsCheck.Fluent;

namespace Campaigns.Domain.Tests.Documents;

/// <summary>What the parser lets pass, the pool can deal; what it refuses for its sums, nobody could.</summary>
public sealed class AcceptedPoolTests
{
    private sealed record Pool(long Total, int[] Counts, long Min, long Max, string Split, int Shards);

    private static readonly Gen<Pool> AnyPool =
        from split in Gen.Elements("double-mean", "uniform", "fixed")
        from counts in Gen.Choose(1, 12).NonEmptyListOf()
        from min in Gen.Choose(1, 6)
        from width in Gen.Choose(0, 6)
        from excess in Gen.Choose(-3, 60)
        from shards in Gen.Choose(1, 5)
        let rounds = counts.Take(5).ToArray()
        select new Pool(
            Math.Max(1, ((long)min * rounds.Sum()) + excess), rounds, min, min + width, split, shards);

    [Fact]
    public void AcceptedPool_DealsEveryShardWithinItsBounds() =>
        Prop.ForAll(AnyPool.ToArbitrary(), pool =>
        {
            if (Sample.Parse(Document(pool)).Campaign?.FindActivity("p") is not RedPacketActivity activity)
            {
                return;
            }

            var dealt = new List<PacketList>();
            for (var round = 0; round < activity.Rounds.Length; round++)
            {
                var terms = RoundTerms.Of("ny2027", activity, round);
                dealt.AddRange(Enumerable.Range(0, pool.Shards).Select(shard => PacketList.Deal(terms, Seed, shard)));
            }

            dealt.Sum(list => list.Total).ShouldBe(pool.Total);
            dealt.Sum(list => list.Count).ShouldBe(pool.Counts.Sum());
            dealt.ShouldAllBe(list => Enumerable.Range(0, list.Count)
                .All(i => list[i] >= activity.Min && list[i] <= activity.Max));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Refusals_AreThoseOfANaiveCalculation() =>
        Prop.ForAll(AnyPool.ToArbitrary(), pool =>
        {
            var faults = Sample.Parse(Document(pool)).Faults;

            (faults.Count == 0).ShouldBe(IsPossible(pool), string.Join("; ", faults));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static Seed Seed { get; } = Seed.Of(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    private static bool IsPossible(Pool pool)
    {
        var count = pool.Counts.Sum();
        if (pool.Split == "fixed")
        {
            return pool.Total % count == 0;
        }

        var shares = pool.Counts.Select(one => pool.Total * one / count).ToArray();
        shares[^1] = pool.Total - shares[..^1].Sum();
        return shares.Zip(pool.Counts)
            .All(share => share.Second * pool.Min <= share.First && share.First <= share.Second * pool.Max);
    }

    private static string Document(Pool pool)
    {
        var bounds = pool.Split == "fixed" ? "" : $"\"min\": {pool.Min}, \"max\": {pool.Max},";
        var rounds = pool.Counts.Select((count, i) => $$"""
            {"id": "r{{i}}", "count": {{count}},
             "from": "2027-02-05T0{{i}}:00:00Z", "until": "2027-02-05T0{{i}}:30:00Z"}
            """);
        return Sample.Edit(
            ("activities[5]", $$"""
                {"id": "p", "type": "red-packet", "total": {{pool.Total}}, "count": {{pool.Counts.Sum()}}, {{bounds}}
                 "split": "{{pool.Split}}", "shards": {{pool.Shards}}, "rounds": [{{string.Join(",", rounds)}}]}
                """));
    }
}
