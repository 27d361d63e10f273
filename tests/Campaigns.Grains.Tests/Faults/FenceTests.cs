using Campaigns.Contracts;
using Campaigns.Domain.Values;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Faults;

/// <summary>Two silos that do not know of each other on one journal: what one wrote, the other must meet.</summary>
public sealed class FenceTests
{
    [Fact]
    public async Task UserInTwoSilos_ChecksInOnce_AndTheLoserLoadsAnew()
    {
        await using var one = await OpenAsync();
        await using var other = await TestSilo.StartAsync(one.Ledger.Journal, one.Time);
        (await PatientAsync(() => other.Grains.User("ada").GetCampaign("night", FactSet.Empty), reply => reply.Outcome))
            .Outcome.ShouldBe(Outcome.Done);
        var first = await one.CheckInAsync("ada", key: 1);

        var loser = await other.CheckInAsync("ada", key: 2);
        var later = await PatientAsync(() => other.CheckInAsync("ada", key: 2), reply => reply.Outcome);

        loser.Outcome.ShouldBe(Outcome.Unavailable);
        later.Outcome.ShouldBe(Outcome.AlreadyCheckedIn);
        later.Result!.Rewards.ShouldBe(first.Result!.Rewards);
        (await other.BalanceAsync("ada", "points")).ShouldBe(5);
        await one.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task StockInTwoSilos_HoldsNoMoreThanItHas()
    {
        await using var one = await OpenAsync();
        await using var other = await TestSilo.StartAsync(one.Ledger.Journal, one.Time);

        var replies = await AllAsync(Enumerable.Range(0, 24), user => PatientAsync(
            () => (user % 2 == 0 ? one : other).ReserveAsync($"u{user}", $"o{user}"), reply => reply.Outcome));

        replies.Count(reply => reply.Outcome == Outcome.Done).ShouldBe(10);
        replies.Where(reply => reply.Outcome != Outcome.Done)
            .ShouldAllBe(reply => reply.Outcome == Outcome.Exhausted);
        var accounts = await one.ShouldBeCleanAsync();
        accounts.Single(account => account.Unit == "pieces" && account.Account == "night/spend/0").Held.ShouldBe(10);
    }

    [Fact]
    public async Task OrderInTwoSilos_IsReservedOrCancelled_NotBoth()
    {
        await using var one = await OpenAsync();
        await using var other = await TestSilo.StartAsync(one.Ledger.Journal, one.Time);
        (await other.Grains.Order("shop", "a").Get()).Outcome.ShouldBe(Outcome.NotFound);
        (await one.ReserveAsync("ada", "a")).Outcome.ShouldBe(Outcome.Done);

        var loser = await other.Grains.Order("shop", "a").Cancel();
        var later = await PatientAsync(() => other.Grains.Order("shop", "a").Cancel(), reply => reply.Outcome);

        loser.Outcome.ShouldBe(Outcome.Unavailable);
        later.Order!.State.ShouldBe(OrderState.Cancelled);
        (await one.EntriesAsync("order/shop/a")).ShouldHaveSingleItem().Kind.ShouldBe(EntryKind.OrderReserved);
        await one.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task CampaignInTwoSilos_TakesOneStep_AndTheLoserLoadsAnew()
    {
        await using var one = await OpenAsync();
        await using var other = await TestSilo.StartAsync(one.Ledger.Journal, one.Time);
        (await other.Grains.Campaign("night").Get()).Campaign!.Lifecycle.ShouldBe(Lifecycle.Approved);
        (await one.ActAsync("night", LifecycleAction.End, "planner")).ShouldBe(Outcome.Done);

        var loser = await other.ActAsync("night", LifecycleAction.Pause, "planner");
        var later = await PatientAsync(() => other.ActAsync("night", LifecycleAction.Pause, "planner"), it => it);

        // It may have heard of the end before it was asked; what it may not do is take a step of its own.
        loser.ShouldBeOneOf(Outcome.Unavailable, Outcome.Ended);
        later.ShouldBe(Outcome.Ended);
        (await other.Grains.Campaign("night").Get()).Campaign!.Lifecycle.ShouldBe(Lifecycle.Ended);
    }

    [Fact]
    public async Task AnnouncementThatWasLost_IsMadeUpForByTheStepsRetry()
    {
        await using var silo = await TestSilo.StartAsync(
            grains: new GrainOptions { DurabilityWait = TimeSpan.FromMilliseconds(50) });
        var campaign = silo.Grains.Campaign("night");
        await campaign.Create(new DocumentCommand(Pools.Plain(silo).ToUtf8(), "planner", null));
        await silo.ActAsync("night", LifecycleAction.Submit, "planner");
        using var block = new BlockedWrites(silo, EntryKind.CampaignAnnounced);

        (await silo.ActAsync("night", LifecycleAction.Approve, "approver")).ShouldBe(Outcome.Unavailable);
        await using var other = await TestSilo.StartAsync(silo.Ledger.Journal, silo.Time);
        var foreign = new DocumentCommand(Foreign(silo).ToUtf8(), "planner", null);
        (await other.Grains.Campaign("foreign").Create(foreign)).Outcome.ShouldBe(Outcome.Done);
        block.Dispose();
        var retry = await PatientAsync(() => silo.ActAsync("night", LifecycleAction.Approve, "approver"), it => it);

        retry.ShouldBe(Outcome.WrongState);
        (await PatientAsync(() => silo.DrawAsync("ada"))).Outcome.ShouldBe(Outcome.Done);
    }

    private static Document Foreign(TestSilo silo) => new Document(silo.Time.GetUtcNow(), "foreign")
        .Add("""{"id": "daily", "type": "check-in", "everyDay": [{"kind": "points", "amount": 5}]}""");

    private static async Task<TestSilo> OpenAsync()
    {
        var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(new Document(silo.Time.GetUtcNow()).Budget("discounts", 1_000_000)
            .Add("""{"id": "daily", "type": "check-in", "everyDay": [{"kind": "points", "amount": 5}]}""")
            .Add("""
                {"id": "spend", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}],
                 "perUserPerDay": 2, "stock": 10, "merchants": ["*"], "holdFor": "PT15M"}
                """));
        return silo;
    }
}
