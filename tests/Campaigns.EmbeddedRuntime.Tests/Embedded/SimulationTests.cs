using Campaigns.EmbeddedRuntime.Tests.Activations;
using Campaigns.EmbeddedRuntime.Tests.Hosting;
using Campaigns.EmbeddedRuntime.Tests.Timers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;

namespace Campaigns.EmbeddedRuntime.Tests.Embedded;

[Alias("test.IRacers")]
public interface IRacers : IGrainWithStringKey
{
    Task Race(string[] racers, int steps);

    Task Step(string racer, int steps);
}

[Reentrant]
public sealed class RacerGrain : Grain, IRacers
{
    public Task Race(string[] racers, int steps) =>
        Task.WhenAll(racers.Select(
            racer => GrainFactory.GetGrain<IRacers>(this.GetPrimaryKeyString() + "/" + racer[0]).Step(racer, steps)));

    public async Task Step(string racer, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Journal.Note(
                this.GetPrimaryKeyString().Split('/')[0], $"{racer}{i} on {Environment.CurrentManagedThreadId}");
            await Task.Yield();
        }
    }
}

public sealed class SimulationTests
{
    private readonly FakeClock _clock = new();

    private string Key { get; } = Guid.NewGuid().ToString("N");

    [Fact]
    public void OneSeed_AlwaysGivesOneOrder_AndOtherSeedsGiveOthers()
    {
        var orders = Enumerable.Range(0, 10).Select(Race).ToList();

        Enumerable.Range(0, 10).Select(Race).ShouldBe(orders);
        orders.Distinct().Count().ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Everything_RunsOnTheSchedulersThread()
    {
        var scheduler = new SeededScheduler(1);
        var silo = Silo(scheduler);
        var key = Key + "thread";
        var race = silo.Factory.GetGrain<IRacers>(key).Race(["a1", "a2", "b1"], 5);
        scheduler.Run();

        race.IsCompletedSuccessfully.ShouldBeTrue();
        scheduler.Escapes.ShouldBe(0);
        Journal.TextOf(key).ShouldAllBe(
            entry => entry.EndsWith($" on {Environment.CurrentManagedThreadId}", StringComparison.Ordinal));
    }

    [Fact]
    public void Time_PassesOnlyByTheClock()
    {
        var scheduler = new SeededScheduler(1);
        var silo = Silo(scheduler);
        var key = Key + "time";
        _ = silo.Factory.GetGrain<ITimers>(key).Start(60, false, false);
        scheduler.Run();

        for (var tick = 1; tick <= 5; tick++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            scheduler.Run();
            Journal.Of(key).Length.ShouldBe(tick);
        }

        scheduler.Escapes.ShouldBe(0);
    }

    [Fact]
    public void LostMessage_TimesOut()
    {
        var scheduler = new SeededScheduler(1) { Route = message =>
            message.Direction == MessageDirection.Request ? null : message.Origin };
        var silo = Silo(scheduler);
        var call = silo.Factory.GetGrain<ILife>(Key).Use();
        scheduler.Run();
        call.IsCompleted.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(31));
        scheduler.Run();

        call.Exception!.InnerException.ShouldBeOfType<TimeoutException>();
    }

    [Fact]
    public async Task SilosThatShareADirectory_CallEachOther()
    {
        var scheduler = new SeededScheduler(3);
        var first = Silo(scheduler);
        var second = Silo(scheduler);
        scheduler.Route = message => message.Target.Key.ToString().EndsWith('2') ? second.Runtime : first.Runtime;

        var here = first.Factory.GetGrain<ILife>(Key + "1").Use();
        var there = first.Factory.GetGrain<ILife>(Key + "2").Use();
        scheduler.Run();

        here.IsCompleted.ShouldBeTrue();
        there.IsCompleted.ShouldBeTrue();
        (await here, await there).ShouldBe((1, 1));
        (first.Runtime.ActivationCount, second.Runtime.ActivationCount).ShouldBe((1, 1));
    }

    [Fact]
    public void KilledSilo_DoesNothingMore()
    {
        var scheduler = new SeededScheduler(3);
        var killed = Silo(scheduler);
        var other = Silo(scheduler);
        scheduler.Route = message => message.Direction == MessageDirection.Response ? message.Origin : killed.Runtime;
        _ = killed.Factory.GetGrain<ITimers>(Key).Start(10, false, false);
        scheduler.Run();

        var call = other.Factory.GetGrain<ITimers>(Key).Start(10, false, false);
        killed.Runtime.Kill();
        scheduler.Run();
        _clock.Advance(TimeSpan.FromSeconds(31));
        scheduler.Run();

        Journal.Of(Key).ShouldBeEmpty();
        call.Exception!.InnerException.ShouldBeOfType<TimeoutException>();
    }

    private string Race(int seed)
    {
        var scheduler = new SeededScheduler(seed);
        var silo = Silo(scheduler);
        var key = $"{Key}race{seed}-{Guid.NewGuid():N}";
        var race = silo.Factory.GetGrain<IRacers>(key).Race(["a1", "a2", "b1", "c1"], 3);
        scheduler.Run();
        race.IsCompletedSuccessfully.ShouldBeTrue();
        return string.Join(" ", Journal.TextOf(key));
    }

    private (EmbeddedSilo Runtime, IGrainFactory Factory) Silo(SeededScheduler scheduler)
    {
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton<IEmbeddedScheduler>(scheduler)
            .AddSingleton<IMessageDelivery>(scheduler)
            .AddEmbeddedGrainRuntime(options => options.GrainAssemblies.Add(typeof(SimulationTests).Assembly))
            .BuildServiceProvider();
        var silo = services.GetRequiredService<EmbeddedSilo>();
        silo.StartAsync().IsCompletedSuccessfully.ShouldBeTrue();
        return (silo, services.GetRequiredService<IGrainFactory>());
    }
}
