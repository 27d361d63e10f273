using Campaigns.Domain.RedPackets;
using FsCheck;
using FsCheck.Fluent;
using static Campaigns.Domain.Tests.RedPackets.Activities;

namespace Campaigns.Domain.Tests.RedPackets;

public sealed class PacketListTests
{
    [Fact]
    public void AnyComputedSplit_OverAnyShards_GivesExactSumsWithinTheBounds()
    {
        var cases =
            from count in Gen.Choose(1, 300)
            from min in Gen.Choose(0, 50)
            from width in Gen.Choose(0, 200)
            from above in Gen.Choose(0, 1000)
            from split in Gen.Elements(Split.DoubleMean, Split.Uniform)
            from shards in Gen.Choose(1, 20)
            from seed in Gen.Choose(0, int.MaxValue)
            let total = (count * min) + ((long)count * width * above / 1000)
            select (count, min, max: min + width, total, split, shards, seed);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var terms = RoundTerms.Of(
                CampaignId, Computed(one.total, one.count, one.min, one.max, one.split, shards: one.shards), 0);
            var lists = Enumerable.Range(0, one.shards)
                .Select(shard => PacketList.Deal(terms, SeedOf($"{one.seed}"), shard)).ToList();

            lists.Sum(list => list.Count).ShouldBe(one.count);
            lists.Sum(list => list.Total).ShouldBe(one.total);
            foreach (var list in lists)
            {
                Amounts(list).Sum().ShouldBe(list.Total);
                Amounts(list).ShouldAllBe(amount => amount >= one.min && amount <= one.max);
                list.Count.ShouldBeInRange(one.count / one.shards, (one.count / one.shards) + 1);
            }
        }).Check(Quickly(400));
    }

    [Fact]
    public void AnyDenominations_OverAnyShards_AreDealtToTheLastPacket()
    {
        var cases =
            from kinds in Gen.Choose(1, 8)
            from counts in Gen.ArrayOf(Gen.Choose(1, 60), kinds)
            from shards in Gen.Choose(1, 16)
            from seed in Gen.Choose(0, int.MaxValue)
            select (counts, shards, seed);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var terms = RoundTerms.Of(
                CampaignId,
                Listed([.. one.counts.Select((count, kind) => new Denomination(1 + (kind * kind), count))], one.shards),
                0);
            var lists = Enumerable.Range(0, one.shards)
                .Select(shard => PacketList.Deal(terms, SeedOf($"{one.seed}"), shard)).ToList();

            lists.SelectMany(Amounts).CountBy(amount => amount).OrderBy(counted => counted.Key)
                .Select(counted => new Denomination(counted.Key, counted.Value)).ShouldBe(terms.Amounts);
            lists.ShouldAllBe(list =>
                list.Count >= terms.Count / one.shards && list.Count <= (terms.Count / one.shards) + 1);
            foreach (var denomination in terms.Amounts)
            {
                var fewest = (denomination.Count / one.shards) - 1;
                lists.ShouldAllBe(list => Amounts(list).Count(amount => amount == denomination.Amount) >= fewest);
            }
        }).Check(Quickly(200));
    }

    [Fact]
    public void FixedSplit_OverUnevenShards_KeepsEveryPacketEqual()
    {
        var terms = RoundTerms.Of(CampaignId, Computed(1001 * 88, 1001, 1, 500, Split.Fixed, shards: 7), 0);

        var lists = Enumerable.Range(0, 7).Select(shard => PacketList.Deal(terms, SeedOf("fixed"), shard)).ToList();

        lists.SelectMany(Amounts).ShouldAllBe(amount => amount == 88);
        lists.Sum(list => list.Count).ShouldBe(1001);
    }

    [Fact]
    public void FewerPacketsThanShards_LeaveSomeShardsEmpty()
    {
        var terms = RoundTerms.Of(CampaignId, Computed(30, 3, 1, 20, shards: 8), 0);

        var lists = Enumerable.Range(0, 8).Select(shard => PacketList.Deal(terms, SeedOf("few"), shard)).ToList();

        lists.Select(list => list.Count).Order().ShouldBe([0, 0, 0, 0, 0, 1, 1, 1]);
        lists.Sum(list => list.Total).ShouldBe(30);
    }

    [Fact]
    public void AmountsBeyond32Bits_AreKept()
    {
        var terms = RoundTerms.Of(CampaignId, Computed(1L << 60, 100, 1, 1L << 58, Split.Uniform), 0);

        var list = PacketList.Deal(terms, SeedOf("wide"), 0);

        Amounts(list).Sum().ShouldBe(1L << 60);
        Amounts(list).ShouldContain(amount => amount > int.MaxValue);
    }

    [Theory]
    [InlineData(Split.DoubleMean, 100, 10, 11, 20)]
    [InlineData(Split.Uniform, 100, 10, 1, 9)]
    [InlineData(Split.None, 100, 10, 1, 20)]
    public void ImpossibleTerms_AreRefused(Split split, long total, int count, long min, long max) =>
        Should.Throw<ArgumentException>(() => RoundTerms.Of(CampaignId, Computed(total, count, min, max, split), 0));

    [Fact]
    public void SameSeed_GivesTheSameList_AndAnotherSeedOrShardDoesNot()
    {
        var terms = RoundTerms.Of(CampaignId, Computed(100_000, 1000, 1, 1000, shards: 2), 0);
        var list = Amounts(PacketList.Deal(terms, SeedOf("a"), 0));

        Amounts(PacketList.Deal(terms, SeedOf("a"), 0)).ShouldBe(list);
        Amounts(PacketList.Deal(terms, SeedOf("a"), 1)).ShouldNotBe(list);
        Amounts(PacketList.Deal(terms, SeedOf("b"), 0)).ShouldNotBe(list);
    }

    /// <summary>
    /// Computed by the program in docs/fairness.md. Frozen: another list would make published commitments unverifiable.
    /// </summary>
    [Theory]
    [InlineData(Split.DoubleMean, "30 82 192 50 125 116 136 76 31 50")]
    [InlineData(Split.Uniform, "42 49 22 192 97 90 128 97 37 134")]
    public void KnownSeed_GivesTheFrozenList(Split split, string expected)
    {
        var terms = RoundTerms.Of(CampaignId, Computed(888, 10, 1, 200, split), 0);

        string.Join(' ', Amounts(PacketList.Deal(terms, SeedOf("golden"), 0))).ShouldBe(expected);
    }

    [Fact]
    public void KnownSeed_GivesTheFrozenDenominations()
    {
        var terms = RoundTerms.Of(CampaignId, Listed([new(201_900, 3), new(88, 4), new(1, 10)], shards: 3), 0);

        var lists = Enumerable.Range(0, 3).Select(shard => PacketList.Deal(terms, SeedOf("golden"), shard));

        string.Join(" | ", lists.Select(list => string.Join(' ', Amounts(list))))
            .ShouldBe("1 1 88 1 88 | 201900 88 1 1 1 1 | 88 1 1 201900 201900 1");
    }

    internal static long[] Amounts(PacketList list) =>
        [.. Enumerable.Range(0, list.Count).Select(index => list[index])];

    private static Config Quickly(int tests) => Config.QuickThrowOnFailure.WithMaxTest(tests);
}
