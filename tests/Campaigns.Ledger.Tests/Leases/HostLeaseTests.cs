using Campaigns.Ledger.Leases;
using Campaigns.Ledger.Volatile;
using Campaigns.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Campaigns.Ledger.Tests.Leases;

public sealed class HostLeaseTests
{
    private readonly ManualTime _time = new();
    private readonly StepScheduler _scheduler = new();
    private readonly VolatileLeases _store;

    public HostLeaseTests() => _store = new VolatileLeases(_time);

    [Fact]
    public void FreeLease_IsTakenAtOnce()
    {
        var lease = Acquire("a");
        _scheduler.Run();

        lease.Now().Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void LeaseOfALiveHost_IsRefusedWithinTwoSeconds()
    {
        var first = Acquire("a");
        _scheduler.Run();
        var second = Acquire("b");
        _scheduler.Run();
        second.IsCompleted.ShouldBeFalse();

        Pass(TimeSpan.FromSeconds(2));

        var refusal = Should.Throw<DatabaseRefusedException>(() => second.Now());
        refusal.Message.ShouldContain("alive: a");
        refusal.Message.ShouldNotContain("\n");
        first.Now().Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void LeaseOfADeadHost_IsTakenOverAtItsExpiry()
    {
        Dead("a");
        var second = Acquire("b");
        Pass(TimeSpan.FromSeconds(4.5));
        second.IsCompleted.ShouldBeFalse();

        Pass(TimeSpan.FromSeconds(0.75));

        second.Now().Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void LeaseStampedByAClockThatRanAhead_IsTakenOverAfterOneTimeToLive()
    {
        Dead("a");
        _time.SetUtcNow(_time.GetUtcNow() - TimeSpan.FromDays(1));
        var second = Acquire("b");

        Pass(TimeSpan.FromSeconds(5.5));

        second.Now().Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void CleanStop_LetsTheNextHostInAtOnce()
    {
        var first = Acquire("a");
        _scheduler.Run();
        Release(first.Now());

        var second = Acquire("b");
        _scheduler.Run();

        second.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void LeaseThatSomebodyElseTook_TellsItsHost()
    {
        var first = Acquire("a");
        _scheduler.Run();
        _store.TryAcquireAsync("db", "thief", TimeSpan.FromSeconds(5), new LeaseRow("a", 1), default)
            .AsTask().Now().ShouldNotBeNull();

        Pass(TimeSpan.FromSeconds(2));

        first.Now().Lost.IsCancellationRequested.ShouldBeTrue();
        Release(first.Now());
        _store.ReadAsync("db", default).AsTask().Now()!.Value.Holder.ShouldBe("thief");
    }

    [Fact]
    public void DatabaseAwayLongerThanTheLease_DoesNotStopTheHost()
    {
        var first = Acquire("a");
        _scheduler.Run();
        _store.Failure = new LedgerUnavailableException("away");
        Pass(TimeSpan.FromSeconds(20));
        _store.Failure = null;
        Pass(TimeSpan.FromSeconds(2));

        first.Now().Lost.IsCancellationRequested.ShouldBeFalse();
        var second = Acquire("b");
        Pass(TimeSpan.FromSeconds(2));
        Should.Throw<DatabaseRefusedException>(() => second.Now());
    }

    [Fact]
    public void LeaseOfALiveHost_IsWaitedForAsLongAsAskedAndTakenWhenItIsGivenBack()
    {
        var first = Acquire("a");
        _scheduler.Run();
        var patient = Acquire("b", TimeSpan.FromSeconds(30));
        Pass(TimeSpan.FromSeconds(20));
        patient.IsCompleted.ShouldBeFalse();
        first.Now().Lost.IsCancellationRequested.ShouldBeFalse();

        Release(first.Now());
        Pass(TimeSpan.FromSeconds(0.5));

        patient.Now().Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void LeaseOfALiveHost_IsRefusedOnceTheWaitIsOver()
    {
        _ = Acquire("a");
        _scheduler.Run();
        var patient = Acquire("b", TimeSpan.FromSeconds(10));
        Pass(TimeSpan.FromSeconds(9));
        patient.IsCompleted.ShouldBeFalse();

        Pass(TimeSpan.FromSeconds(4));

        Should.Throw<DatabaseRefusedException>(() => patient.Now()).Message.ShouldContain("alive: a");
    }

    private void Dead(string holder) =>
        _store.TryAcquireAsync("db", holder, TimeSpan.FromSeconds(5), null, default).AsTask().Now().ShouldNotBeNull();

    private Task<HostLease> Acquire(string holder, TimeSpan wait = default) => _scheduler.Start(
        () => HostLease.AcquireAsync(
            _store,
            "db",
            holder,
            new LeaseOptions { WaitForLive = wait },
            _time,
            NullLogger<HostLease>.Instance,
            CancellationToken.None));

    private void Release(HostLease lease)
    {
        var released = _scheduler.Start(async () =>
        {
            await lease.DisposeAsync();
            return true;
        });
        _scheduler.Run();
        released.Now().ShouldBeTrue();
    }

    private void Pass(TimeSpan time)
    {
        _scheduler.Run();
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(50))
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            _scheduler.Run();
        }
    }
}
