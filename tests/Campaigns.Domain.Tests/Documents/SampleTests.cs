using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Documents;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.SpendDiscounts;
using NodaTime;

namespace Campaigns.Domain.Tests.Documents;

public sealed class SampleTests
{
    [Fact]
    public void ValidDocument_IsReadToTheLastMember()
    {
        var campaign = Sample.Campaign();

        campaign.Id.ShouldBe("ny2027");
        campaign.Name["zh-CN"].ShouldBe("2027 新春");
        campaign.Currency.ShouldBe("CNY");
        campaign.TimeZone.Id.ShouldBe("Asia/Shanghai");
        campaign.Schedule.ShouldBe(new Schedule(
            Instant.FromUtc(2027, 1, 24, 16, 0),
            Instant.FromUtc(2027, 1, 31, 16, 0),
            Instant.FromUtc(2027, 2, 28, 16, 0),
            Instant.FromUtc(2027, 3, 31, 16, 0)));
        campaign.Budget.ShouldBe(new Dictionary<string, long> { ["cash"] = 1_000_000, ["discounts"] = 20_000_000 });
        campaign.Audience.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            condition => condition.IsTag.ShouldBeTrue(),
            condition => condition.Subject.ShouldBe("resident"));
        campaign.EarlyAccess!.From.ShouldBe(Instant.FromUtc(2027, 1, 29, 16, 0));
        campaign.EarlyAccess.For[1].Describe().ShouldBe("level is at least 3");
        campaign.Activities.Select(activity => activity.Id).ShouldBe(["daily", "scan", "rain", "bag", "spend"]);
    }

    [Fact]
    public void CheckIn_KeepsRewardsStreaksAndLimits()
    {
        var daily = (CheckInActivity)Sample.Campaign().FindActivity("daily")!;

        daily.Name["en"].ShouldBe("Daily");
        daily.EveryDay.ShouldBe([new Reward(RewardKind.Points, 5, 5), new Reward(RewardKind.Cash, 1, 10)]);
        daily.Streaks.Select(streak => (streak.Days, streak.Repeat)).ShouldBe([(3, true), (7, false)]);
        daily.Streaks[0].Rewards.ShouldBe([new Reward(RewardKind.Chance, 1, 1, "scan")]);
        daily.Cycle.ShouldBe(7);
        daily.CapTotal.ShouldBe(5000);
        daily.PerUser.ShouldBe(new UserLimits(null, null, 20, null));
    }

    [Fact]
    public void RedPacketWithoutRounds_HasOneOverTheTimeThatEarlyUsersHave()
    {
        var scan = (RedPacketActivity)Sample.Campaign().FindActivity("scan")!;

        (scan.Total, scan.Count, scan.Min, scan.Max, scan.Split).ShouldBe((50000, 2000, 1, 250, Split.DoubleMean));
        (scan.Shards, scan.Remainder).ShouldBe((1, Remainder.Refund));
        scan.Rounds.ShouldHaveSingleItem().ShouldBe(new Round(
            "main", Instant.FromUtc(2027, 1, 29, 16, 0), Instant.FromUtc(2027, 2, 28, 16, 0), 2000, 50000, []));
        scan.Requires.ShouldHaveSingleItem().Test.ShouldBe(ConditionTest.IsTrue);
        scan.Segments.ShouldHaveSingleItem().Id.ShouldBe("young");
    }

    [Fact]
    public void Rounds_ShareTheMoneyByCount_AndTheLastTakesTheRest()
    {
        var rain = (RedPacketActivity)Sample.Campaign().FindActivity("rain")!;

        rain.Rounds.Select(round => (round.Id, round.Count, round.Total))
            .ShouldBe([("r20", 500, 66_666), ("r21", 1000, 133_334)]);
        (rain.Shards, rain.Remainder, rain.PerUser.PerRound).ShouldBe((4, Remainder.NextRound, 1));
    }

    [Fact]
    public void Denominations_GiveLeastAndGreatestAmount()
    {
        var bag = (RedPacketActivity)Sample.Campaign().FindActivity("bag")!;

        (bag.Split, bag.Min, bag.Max).ShouldBe((Split.Denominations, 88, 201_900));
        bag.Amounts.ShouldBe([new Denomination(201_900, 1), new Denomination(88, 9), new Denomination(96, 1)]);
        bag.Rounds[0].Amounts.ShouldBe(bag.Amounts);
    }

    [Fact]
    public void Denominations_NeedNeitherTotalNorCount()
    {
        var bag = (RedPacketActivity)Sample
            .Campaign(("activities[3].total", null), ("activities[3].count", null)).FindActivity("bag")!;

        (bag.Total, bag.Count).ShouldBe((202_788, 11));
    }

    [Fact]
    public void RoundsWithAmounts_AddUpToThePool()
    {
        var campaign = Sample.Campaign(("activities[3]", """
            {"id": "bag", "type": "red-packet", "rounds": [
              {"id": "a", "from": "2027-02-05T20:00:00+08:00", "until": "2027-02-05T20:10:00+08:00", "count": 3,
               "amounts": [{"amount": 88, "count": 2}, {"amount": 5, "count": 1}]},
              {"id": "b", "from": "2027-02-05T20:10:00+08:00", "until": "2027-02-05T20:20:00+08:00",
               "amounts": [{"amount": 88, "count": 1}]}]}
            """));
        var bag = (RedPacketActivity)campaign.FindActivity("bag")!;

        (bag.Total, bag.Count, bag.Min, bag.Max).ShouldBe((269, 4, 5, 88));
        bag.Amounts.ShouldBe([new Denomination(5, 1), new Denomination(88, 3)]);
        bag.Rounds.Select(round => (round.Count, round.Total)).ShouldBe([(3, 181), (1, 88)]);
    }

    [Fact]
    public void FixedSplit_TakesItsAmountFromTotalAndCount()
    {
        var scan = (RedPacketActivity)Sample.Campaign(("activities[1]", """
            {"id": "scan", "type": "red-packet", "total": 600, "count": 6, "split": "fixed", "max": 100}
            """)).FindActivity("scan")!;

        (scan.Min, scan.Max, scan.Split).ShouldBe((100, 100, Split.Fixed));
    }

    [Fact]
    public void SpendDiscount_KeepsTiersQuotasAndScope()
    {
        var spend = (SpendDiscountActivity)Sample.Campaign().FindActivity("spend")!;

        spend.Tiers.ShouldBe([
            new DiscountTier(10000, 2000, null, false, null),
            new DiscountTier(50000, null, 20, false, 10000)]);
        (spend.PerUserPerDay, spend.StockPerDay, spend.Stock).ShouldBe((2, 1000, 2000));
        spend.Merchants.ShouldBe(["market-1", "market-2"]);
        (spend.Channel, spend.HoldFor).ShouldBe((Channel.Offline, Duration.FromMinutes(10)));
    }

    [Fact]
    public void SpendDiscount_DefaultsToAnyChannelAndFifteenMinutes()
    {
        var spend = (SpendDiscountActivity)Sample
            .Campaign(("activities[4].channel", null), ("activities[4].holdFor", null)).FindActivity("spend")!;

        (spend.Channel, spend.HoldFor).ShouldBe((Channel.Any, Duration.FromMinutes(15)));
    }

    [Fact]
    public void ScheduleWithoutWarmUpAndClaims_BeginsAndEndsWithTheCampaign()
    {
        var schedule = Sample.Campaign(
            ("schedule.warmUp", null), ("schedule.claimUntil", null), ("earlyAccess", null)).Schedule;

        schedule.WarmUp.ShouldBe(schedule.Start);
        schedule.ClaimUntil.ShouldBe(schedule.End);
    }

    [Theory]
    [InlineData("""{"fact": "f"}""", "f is true")]
    [InlineData("""{"fact": "f", "not": true}""", "f is not true")]
    [InlineData("""{"fact": "f", "not": false}""", "f is true")]
    [InlineData("""{"fact": "f", "eq": "a"}""", "f is a")]
    [InlineData("""{"fact": "f", "eq": -7}""", "f is -7")]
    [InlineData("""{"fact": "f", "eq": false, "not": true}""", "f is not false")]
    [InlineData("""{"fact": "f", "in": ["a", 2, true]}""", "f is one of a, 2, true")]
    [InlineData("""{"fact": "f", "gte": 1, "lte": 9}""", "f is at least 1; f is at most 9")]
    [InlineData("""{"tag": "vip"}""", "tagged vip")]
    [InlineData("""{"tag": "vip", "not": true}""", "not tagged vip")]
    [InlineData("""{"not": {"tag": "vip"}}""", "not tagged vip")]
    [InlineData("""{"not": {"fact": "f", "lte": 3}}""", "f is not at most 3")]
    public void Condition_IsReadInEachOfItsForms(string condition, string words)
    {
        var audience = Sample.Campaign(("audience[0]", condition)).Audience;

        string.Join("; ", audience.Select(one => one.Describe())).ShouldBe(words);
    }

    [Fact]
    public void WhitespaceAndMemberOrder_DoNotMatter()
    {
        var reordered = Sample.Parse("\n\t " + Sample.Edit(("id", null), ("id", "\"ny2027\"")) + " \r\n");

        reordered.Faults.ShouldBeEmpty();
    }
}
