using Campaigns.Contracts;
using Campaigns.Domain.Values;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Phases;

/// <summary>Rule 9: what is left goes back after the end, also where nobody calls the campaign any more.</summary>
public sealed class SettlementTests
{
    private static readonly GrainOptions Quick = new()
    {
        SettlementInterval = TimeSpan.FromMilliseconds(40),
        ExpiryInterval = TimeSpan.FromMilliseconds(40),
    };

    [Fact]
    public async Task EndedCampaignThatNobodyCalls_IsSettledByTheNextHost_EveryShardAndStock()
    {
        var silo = await TestSilo.StartAsync(grains: Never());
        await using var first = silo;
        await silo.OpenAsync(Night(silo));
        var drawn = (await silo.DrawAsync("ada", shards: 4)).Result!.Amount;
        (await silo.CheckInAsync("ada")).Outcome.ShouldBe(Outcome.Done);
        (await silo.ReserveAsync("ada", "forgotten")).Outcome.ShouldBe(Outcome.Done);
        silo.Time.Advance(TimeSpan.FromDays(31));

        await using var next = await silo.RestartAsync(Quick);
        await EventuallyAsync(() => IsSettledAsync(next), "the sweep has settled every pool");

        var accounts = await next.ShouldBeCleanAsync();
        accounts.Where(account => account.Account != "night").ShouldAllBe(
            account => account.Remaining == 0 && account.Held == 0);
        accounts.Single(account => account is { Account: "night", Unit: "cash" }).Remaining
            .ShouldBe(1_000_000 - drawn - 7);
        accounts.Single(account => account is { Account: "night", Unit: "discount" }).Remaining.ShouldBe(50_000);
        (await next.EntriesAsync()).Count(entry => entry.Kind == EntryKind.PacketPoolClosed).ShouldBe(4);
        (await next.EntriesAsync()).Count(entry => entry.Kind == EntryKind.StockClosed).ShouldBe(2);
        var round = (await next.Grains.Campaign("night").GetSummary(1))!.FindActivity("bag")!.Rounds.Single();
        round.Seed.ShouldNotBeNull();
    }

    [Fact]
    public async Task SettledCampaign_IsNotWokenAgain()
    {
        var silo = await TestSilo.StartAsync(grains: Quick);
        await using var first = silo;
        await silo.OpenAsync(Night(silo));
        await silo.ActAsync("night", LifecycleAction.End, "planner");
        await EventuallyAsync(() => IsSettledAsync(silo), "the sweep has settled every pool");

        await using var next = await silo.RestartAsync(Quick);
        var definition = await next.Grains.Campaign("night").GetDefinition(1);
        definition!.PoolsSettled.ShouldBeTrue();
        (await next.Grains.Campaign("night").Settle()).ShouldBe(Outcome.Done);

        (await next.EntriesAsync()).Count(entry => entry.Kind == EntryKind.PoolsSettled).ShouldBe(1);
    }

    [Fact]
    public async Task LiveCampaign_IsNotSettled()
    {
        await using var silo = await TestSilo.StartAsync(grains: Quick);
        await silo.OpenAsync(Night(silo));

        (await silo.Grains.Campaign("night").Settle()).ShouldBe(Outcome.WrongState);
        (await silo.Grains.Campaign("unknown").Settle()).ShouldBe(Outcome.NotFound);

        (await silo.DrawAsync("ada", shards: 4)).Outcome.ShouldBe(Outcome.Done);
    }

    [Fact]
    public async Task OpenHold_KeepsTheCampaignUnsettledUntilItExpires()
    {
        await using var silo = await TestSilo.StartAsync(grains: Never());
        await silo.OpenAsync(Night(silo));
        (await silo.ReserveAsync("ada", "late")).Outcome.ShouldBe(Outcome.Done);
        await silo.ActAsync("night", LifecycleAction.End, "planner");
        await silo.HearsAsync(Outcome.Ended);

        (await silo.Grains.Campaign("night").Settle()).ShouldBe(Outcome.Held);
        silo.Time.Advance(TimeSpan.FromMinutes(16));
        (await silo.Grains.Campaign("night").Settle()).ShouldBe(Outcome.Done);

        (await silo.ShouldBeCleanAsync()).Where(account => account.Account != "night").ShouldAllBe(
            account => account.Remaining == 0 && account.Held == 0);
    }

    /// <summary>Timers and sweep that do not get to run while the test lasts.</summary>
    private static GrainOptions Never() => new()
    {
        SettlementInterval = TimeSpan.FromHours(1),
        ExpiryInterval = TimeSpan.FromHours(1),
    };

    private static Document Night(TestSilo silo) =>
        Pools.Plain(silo, count: 40, total: 4_000, shards: 4).Budget("discounts", 50_000).Add("""
            {"id": "spend", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}], "stock": 5,
             "perUserPerDay": 2, "merchants": ["*"], "holdFor": "PT15M"}
            """).Add("""
            {"id": "daily", "type": "check-in", "everyDay": [{"kind": "cash", "amount": 7}], "caps": {"total": 700}}
            """);

    private static async Task<bool> IsSettledAsync(TestSilo silo) =>
        (await silo.EntriesAsync(StreamNames.Campaign("night"))).Exists(entry => entry.Kind == EntryKind.PoolsSettled);
}
