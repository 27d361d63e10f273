using Campaigns.Contracts;
using Campaigns.Domain.Values;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Faults;

/// <summary>Cash of a check-in is paid by the activity's meter, before the check-in itself is written.</summary>
public sealed class MeterTests
{
    [Fact]
    public async Task CheckInThatIsLostAfterItsPayment_IsCompletedByItsRetry_AndPaidOnce()
    {
        await using var lost = await TestSilo.StartAsync(
            grains: new GrainOptions { DurabilityWait = TimeSpan.FromMilliseconds(200) });
        await OpenAsync(lost);
        using var block = new BlockedWrites(lost, EntryKind.CheckedIn);
        (await lost.CheckInAsync("ada")).Outcome.ShouldBe(Outcome.Unavailable);
        (await lost.EntriesAsync()).Count(entry => entry.Kind == EntryKind.StockConfirmed).ShouldBe(1);

        await using var next = await TestSilo.StartAsync(lost.Ledger.Journal, lost.Time);
        var retry = await PatientAsync(() => next.CheckInAsync("ada"), reply => reply.Outcome);
        var again = await next.CheckInAsync("ada");

        retry.Outcome.ShouldBe(Outcome.Done);
        retry.Result!.Streak.ShouldBe(1);
        again.Replayed.ShouldBeTrue();
        (await next.BalanceAsync("ada")).ShouldBe(30);
        block.Dispose();
        await EventuallyAsync(
            async () => (await lost.CheckInAsync("ada")).Replayed, "the first silo met what the second wrote");
        (await lost.BalanceAsync("ada")).ShouldBe(30);
        await next.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task ManyCheckInsOfOneUserAtOnce_PayOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        await OpenAsync(silo);

        var replies = await AllAsync(
            Enumerable.Range(1, 20), key => PatientAsync(() => silo.CheckInAsync("ada", (ulong)key), it => it.Outcome));

        replies.Count(reply => reply.Outcome == Outcome.Done).ShouldBe(1);
        replies.Where(reply => reply.Outcome != Outcome.Done)
            .ShouldAllBe(reply => reply.Outcome == Outcome.AlreadyCheckedIn);
        (await silo.BalanceAsync("ada")).ShouldBe(30);
        await silo.ShouldBeCleanAsync();
    }

    private static async Task OpenAsync(TestSilo silo) =>
        await silo.OpenAsync(new Document(silo.Time.GetUtcNow()).Budget("cash", 1_000).Add("""
            {"id": "daily", "type": "check-in", "everyDay": [{"kind": "cash", "amount": 30}], "caps": {"total": 1000}}
            """));
}
