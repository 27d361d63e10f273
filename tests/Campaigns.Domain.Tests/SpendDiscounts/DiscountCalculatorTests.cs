using System.Collections.Immutable;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Documents;
using Campaigns.Domain.SpendDiscounts;
using Campaigns.Domain.Values;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Campaigns.Domain.Tests.SpendDiscounts;

public sealed class DiscountCalculatorTests
{
    private static readonly DiscountTier Fixed100Off20 = new(10_000, 2_000, null, false, null);
    private static readonly DiscountTier Fixed500Off100 = new(50_000, 10_000, null, false, null);

    public static TheoryData<string, DiscountTier, long, long> Tiers => new()
    {
        { "below the spend", new DiscountTier(10_000, 2_000, null, false, null), 9_999, 0 },
        { "at the spend", new DiscountTier(10_000, 2_000, null, false, null), 10_000, 2_000 },
        { "fixed, not repeated", new DiscountTier(10_000, 2_000, null, false, null), 39_999, 2_000 },
        { "fixed, repeated, one short of the next", new DiscountTier(10_000, 2_000, null, true, null), 39_999, 6_000 },
        { "fixed, repeated, full", new DiscountTier(10_000, 2_000, null, true, null), 40_000, 8_000 },
        { "repeated up to its bound", new DiscountTier(10_000, 2_000, null, true, 5_000), 1_000_000, 5_000 },
        { "share, rounded down", new DiscountTier(3_000, null, 20, false, null), 3_004, 600 },
        { "share, just a whole", new DiscountTier(3_000, null, 20, false, null), 3_005, 601 },
        { "share up to its bound", new DiscountTier(3_000, null, 20, false, 1_000), 5_001, 1_000 },
        { "share of the full spends", new DiscountTier(3_000, null, 20, true, null), 8_999, 1_200 },
        { "share rounds down to nothing", new DiscountTier(1, null, 1, false, null), 99, 0 },
        { "the whole payment", new DiscountTier(1, null, 100, false, null), 77, 77 },
        { "never above the payment", new DiscountTier(100, 500, null, false, null), 120, 120 },
        { "the greatest payment", new DiscountTier(1, long.MaxValue, null, true, null), long.MaxValue, long.MaxValue },
        { "the greatest share", new DiscountTier(1, null, 99, false, null), long.MaxValue, 9131138316486228048 },
        { "no spend at all", new DiscountTier(0, 5, null, true, null), 10, 10 },
    };

    [Theory]
    [MemberData(nameof(Tiers))]
    public void OneTier_TakesOffWhatItSays(string because, DiscountTier tier, long amount, long off) =>
        DiscountCalculator.OffOf(tier, amount).ShouldBe(off, because);

    [Theory]
    [InlineData(9_999, 0, -1)]
    [InlineData(10_000, 2_000, 0)]
    [InlineData(49_999, 2_000, 0)]
    [InlineData(50_000, 10_000, 1)]
    [InlineData(10_000_000, 10_000, 1)]
    public void SeveralTiers_TheBestCounts(long amount, long off, int tier)
    {
        var best = DiscountCalculator.Best(Activity(Fixed100Off20, Fixed500Off100), amount);

        (best?.Off ?? 0, best?.Tier ?? -1).ShouldBe((off, tier));
        (best?.Pay ?? amount).ShouldBe(amount - off);
    }

    [Fact]
    public void EqualTiers_TheFirstCounts() =>
        DiscountCalculator.Best(Activity(Fixed100Off20, Fixed100Off20), 10_000)!.Tier.ShouldBe(0);

    [Fact]
    public void LowerTierThatTakesMore_IsPreferred()
    {
        var repeated = new DiscountTier(1_000, 400, null, true, null);

        DiscountCalculator.Best(Activity(Fixed100Off20, repeated), 10_000)!.Off.ShouldBe(4_000);
    }

    [Theory]
    [InlineData("shop-1", Channel.Online, 10_000, Refusal.None, null)]
    [InlineData("shop-1", Channel.None, 10_000, Refusal.None, null)]
    [InlineData("shop-1", Channel.Any, 10_000, Refusal.None, null)]
    [InlineData("shop-2", Channel.Online, 10_000, Refusal.NotEligible, "merchant")]
    [InlineData("SHOP-1", Channel.Online, 10_000, Refusal.NotEligible, "merchant")]
    [InlineData("*", Channel.Online, 10_000, Refusal.NotEligible, "merchant")]
    [InlineData("shop-1", Channel.Offline, 10_000, Refusal.NotEligible, "channel")]
    [InlineData("shop-2", Channel.Offline, 1, Refusal.NotEligible, "merchant")]
    [InlineData("shop-1", Channel.Offline, 1, Refusal.NotEligible, "channel")]
    [InlineData("shop-1", Channel.Online, 9_999, Refusal.BelowThreshold, "10000")]
    public void Scope_IsCheckedBeforeTheThreshold(
        string merchant, Channel channel, long amount, Refusal refusal, string? detail)
    {
        var activity = Activity(Fixed500Off100, Fixed100Off20) with
        {
            Merchants = ["shop-1"],
            Channel = Channel.Online,
        };

        var quote = DiscountCalculator.Quote(activity, merchant, channel, amount);

        (quote.Refusal, quote.Detail, quote.Accepted).ShouldBe((refusal, detail, refusal == Refusal.None));
    }

    [Theory]
    [InlineData(Channel.Online)]
    [InlineData(Channel.Offline)]
    public void ActivityForAnyChannel_CoversEach(Channel channel) =>
        DiscountCalculator.Quote(Activity(Fixed100Off20), "anybody", channel, 10_000).Accepted.ShouldBeTrue();

    [Fact]
    public void AnyTiersAndAmount_LeaveAPaymentAndNeverFallWithTheAmountOfOneTier() =>
        Prop.ForAll(
            Arb.From(TierGen().NonEmptyListOf().Zip(Gen.Choose(0, 5_000))),
            drawn =>
            {
                var (tiers, amount) = drawn;
                var best = DiscountCalculator.Best(Activity([.. tiers]), amount);
                (best is null || (best.Off >= 1 && best.Pay >= 0 && best.Off + best.Pay == amount)).ShouldBeTrue();
                foreach (var tier in tiers)
                {
                    var off = DiscountCalculator.OffOf(tier, amount);
                    off.ShouldBeLessThanOrEqualTo(best?.Off ?? 0);
                    DiscountCalculator.OffOf(tier, amount + 1).ShouldBeGreaterThanOrEqualTo(off);
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void BelowThreshold_NamesTheLeastPaymentThatGetsADiscount() =>
        Prop.ForAll(
            Arb.From(TierGen().NonEmptyListOf()),
            tiers =>
            {
                var activity = Activity([.. tiers]);
                var refused = DiscountCalculator.Quote(activity, "anybody", Channel.None, 0);
                refused.Refusal.ShouldBe(Refusal.BelowThreshold);
                var least = long.Parse(refused.Detail!);
                DiscountCalculator.Best(activity, least - 1).ShouldBeNull();
                DiscountCalculator.Best(activity, least).ShouldNotBeNull();
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Theory]
    [InlineData(2, null, 2)]
    [InlineData(null, 3, 3)]
    [InlineData(2, 3, 2)]
    [InlineData(4, 3, 3)]
    [InlineData(null, null, null)]
    public void TwoDailyLimits_TheTighterCounts(int? own, int? common, int? effective)
    {
        var activity = Activity(Fixed100Off20) with
        {
            PerUserPerDay = own,
            PerUser = new UserLimits(9, common, 8, null),
        };

        QuotaLimits.Of(activity).ShouldBe(new QuotaLimits(effective, 8, 9));
    }

    internal static SpendDiscountActivity Activity(params DiscountTier[] tiers) => new()
    {
        Id = "spend",
        Name = ImmutableSortedDictionary<string, string>.Empty,
        Requires = ImmutableArray<Condition>.Empty,
        Segments = ImmutableArray<Segment>.Empty,
        PerUser = UserLimits.None,
        Tiers = [.. tiers],
        Merchants = ["*"],
        Channel = Channel.Any,
        HoldFor = Duration.FromMinutes(15),
    };

    private static Gen<DiscountTier> TierGen() =>
        from spend in Gen.Choose(1, 2_000)
        from value in Gen.Choose(1, 100)
        from kind in Gen.Choose(0, 3)
        from bound in Gen.Choose(0, 300)
        select new DiscountTier(
            spend,
            kind < 2 ? value * 10 : null,
            kind < 2 ? null : value,
            kind % 2 == 1,
            bound == 0 ? null : bound);
}
