using Campaigns.Contracts;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Phases;

public sealed class PauseTests
{
    [Fact]
    public async Task Pause_StopsNewThings_WhileConfirmCancelRefundAndExpiryGoOn()
    {
        await using var silo = await OpenAsync();
        foreach (var order in (string[])["kept", "dropped", "late"])
        {
            (await silo.ReserveAsync(order, order)).Outcome.ShouldBe(Outcome.Done);
        }

        (await silo.ActAsync("night", LifecycleAction.Pause, "planner")).ShouldBe(Outcome.Done);
        await silo.HearsAsync(Outcome.Paused);

        (await silo.CheckInAsync("ada")).Outcome.ShouldBe(Outcome.Paused);
        (await silo.ReserveAsync("ada", "new")).Outcome.ShouldBe(Outcome.Paused);
        (await Order(silo, "kept").Confirm(new ConfirmCommand("p1", 8_000, 1))).Outcome.ShouldBe(Outcome.Done);
        (await Order(silo, "kept").Refund(new RefundCommand("r1", 8_000, 1))).Order!.State
            .ShouldBe(OrderState.Refunded);
        (await Order(silo, "dropped").Cancel()).Order!.State.ShouldBe(OrderState.Cancelled);
        silo.Time.Advance(TimeSpan.FromMinutes(16));
        (await Order(silo, "late").Get()).Order!.State.ShouldBe(OrderState.Expired);
        await silo.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task Retry_OfWhatWasDoneBeforeThePause_GetsItsFirstAnswer()
    {
        await using var silo = await OpenAsync();
        var drawn = await silo.DrawAsync("ada");
        var checkedIn = await silo.CheckInAsync("ada");
        var reserved = await silo.ReserveAsync("ada", "kept");

        await silo.ActAsync("night", LifecycleAction.Pause, "planner");
        await silo.HearsAsync(Outcome.Paused);

        (await silo.DrawAsync("ada")).Result.ShouldBe(drawn.Result);
        var again = await silo.CheckInAsync("ada");
        again.Replayed.ShouldBeTrue();
        again.Result!.Rewards.ShouldBe(checkedIn.Result!.Rewards);
        (await silo.ReserveAsync("ada", "kept")).Order.ShouldBe(reserved.Order);
    }

    [Fact]
    public async Task Resume_LetsEverythingGoOn()
    {
        await using var silo = await OpenAsync();
        await silo.ActAsync("night", LifecycleAction.Pause, "planner");
        await silo.HearsAsync(Outcome.Paused);

        (await silo.ActAsync("night", LifecycleAction.Resume, "planner")).ShouldBe(Outcome.Done);

        await silo.HearsAsync(Outcome.NotFound);
        (await silo.DrawAsync("ada")).Outcome.ShouldBe(Outcome.Done);
        (await silo.CheckInAsync("ada")).Outcome.ShouldBe(Outcome.Done);
        (await silo.ReserveAsync("ada", "new")).Outcome.ShouldBe(Outcome.Done);
    }

    [Fact]
    public async Task Pause_ReachesASiloThatHasItsOwnActivationOfTheCampaign()
    {
        await using var one = await OpenAsync();
        await using var other = await TestSilo.StartAsync(one.Ledger.Journal, one.Time);
        (await other.Grains.Campaign("night").GetSummary(1)).ShouldNotBeNull();
        (await PatientAsync(() => other.DrawAsync("ada"))).Outcome.ShouldBe(Outcome.Done);

        (await one.ActAsync("night", LifecycleAction.Pause, "planner")).ShouldBe(Outcome.Done);

        await other.HearsAsync(Outcome.Paused);
        (await other.DrawAsync("bob")).Outcome.ShouldBe(Outcome.Paused);
    }

    private static IOrderGrain Order(TestSilo silo, string order) => silo.Grains.Order("shop", order);

    private static async Task<TestSilo> OpenAsync()
    {
        var silo = await TestSilo.StartAsync();
        silo.Time.Set(new DateTimeOffset(2027, 2, 1, 12, 0, 0, TimeSpan.FromHours(8)));
        await silo.OpenAsync(Pools.Plain(silo).Budget("discounts", 1_000_000)
            .Add("""{"id": "daily", "type": "check-in", "everyDay": [{"kind": "points", "amount": 5}]}""")
            .Add("""
                {"id": "spend", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}],
                 "perUserPerDay": 2, "stock": 10, "merchants": ["*"], "holdFor": "PT15M"}
                """));
        return silo;
    }
}
