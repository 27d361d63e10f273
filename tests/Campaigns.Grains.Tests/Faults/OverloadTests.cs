using Campaigns.Contracts;
using Campaigns.Ledger.GroupCommit;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Faults;

public sealed class OverloadTests
{
    [Fact]
    public async Task FullQueue_IsToldAtOnce_ChangesNothing_AndWorksAgainOnceItDrains()
    {
        await using var silo = await TestSilo.StartAsync(
            grains: new GrainOptions { DurabilityWait = TimeSpan.FromSeconds(20) },
            commits: new GroupCommitOptions { QueueRows = 40 });
        await silo.OpenAsync(Daily(silo));
        using var block = new BlockedWrites(silo);
        var asked = Enumerable.Range(0, 60).Select(user => silo.CheckInAsync($"u{user}")).ToList();
        await EventuallyAsync(() => asked.Count(reply => reply.IsCompleted) == 20, "the queue is full");

        (await silo.CheckInAsync("late")).Outcome.ShouldBe(Outcome.Overloaded);
        (await silo.CheckInAsync("later")).Outcome.ShouldBe(Outcome.Overloaded);
        block.Dispose();
        var first = await Task.WhenAll(asked);
        var late = await PatientAsync(() => silo.CheckInAsync("late"), reply => reply.Outcome);

        first.Count(reply => reply.Outcome == Outcome.Done).ShouldBe(40);
        first.Count(reply => reply.Outcome == Outcome.Overloaded).ShouldBe(20);
        late.Outcome.ShouldBe(Outcome.Done);
        late.Replayed.ShouldBeFalse();
        (await silo.EntriesAsync("user/later")).ShouldBeEmpty();
        await silo.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task CommitThatTakesTooLong_IsUnavailable_AndTheRetryJoinsItAndGetsItsAnswer()
    {
        await using var silo = await TestSilo.StartAsync(
            grains: new GrainOptions { DurabilityWait = TimeSpan.FromMilliseconds(50) });
        await silo.OpenAsync(Daily(silo));
        await silo.CheckInAsync("warm");
        await silo.DrawAsync("warm");
        using var block = new BlockedWrites(silo);

        var checkIn = await silo.CheckInAsync("ada");
        var draw = await silo.DrawAsync("ada");
        var refusal = await silo.DrawAsync("ada", key: 2);
        var read = await silo.Grains.User("ada").Get();
        block.Dispose();
        var joined = await PatientAsync(() => silo.CheckInAsync("ada"), reply => reply.Outcome);
        var drawn = await PatientAsync(() => silo.DrawAsync("ada"));

        checkIn.Outcome.ShouldBe(Outcome.Unavailable);
        draw.Outcome.ShouldBe(Outcome.Unavailable);
        refusal.Outcome.ShouldBe(Outcome.Unavailable, "a refusal waits for what it rests on");
        read.Outcome.ShouldBe(Outcome.Unavailable, "so does a read");
        joined.Outcome.ShouldBe(Outcome.Done);
        joined.Replayed.ShouldBeTrue();
        drawn.Replayed.ShouldBeTrue();
        (await silo.EntriesAsync("user/ada")).ShouldHaveSingleItem();
        (await silo.BalanceAsync("ada")).ShouldBe(drawn.Result!.Amount);
        await silo.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task HoldsThatEndedDuringALongAbsence_MoreThanTheQueueTakes_AllExpire()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(new Document(silo.Time.GetUtcNow()).Budget("discounts", 10_000_000).Add("""
            {"id": "spend", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}], "stock": 1200,
             "merchants": ["*"], "holdFor": "PT15M"}
            """));
        var held = await AllAsync(Enumerable.Range(0, 1_200), user => silo.ReserveAsync($"u{user}", $"o{user}"));
        held.ShouldAllBe(reply => reply.Outcome == Outcome.Done);
        await silo.DisposeAsync();
        silo.Time.Advance(TimeSpan.FromHours(1));

        await using var next = await TestSilo.StartAsync(
            silo.Ledger.Journal, silo.Time, commits: new GroupCommitOptions { QueueRows = 1_500 });
        var order = await PatientAsync(() => next.Grains.Order("shop", "o7").Get(), reply => reply.Outcome);

        order.Order!.State.ShouldBe(OrderState.Expired);
        var accounts = await next.ShouldBeCleanAsync();
        accounts.Single(account => account is { Account: "night/spend/0", Unit: "pieces" }).Remaining.ShouldBe(1_200);
    }

    private static Document Daily(TestSilo silo) => Pools.Plain(silo)
        .Add("""{"id": "daily", "type": "check-in", "everyDay": [{"kind": "points", "amount": 5}]}""");
}
