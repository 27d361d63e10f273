using System.Collections.Concurrent;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Tests.Runner;

/// <summary>The stand-in sends by the clock and measures from the time at which it was to send.</summary>
public sealed class OpenLoopTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task ServerThatStalls_IsSentToAtTheIntendedTimesAllTheSame()
    {
        var stall = new TaskCompletionSource();
        var sentAt = new ConcurrentQueue<long>();
        var start = _clock.Now;
        var run = Begin(
            Scenario.Create("stalled", async _ =>
            {
                sentAt.Enqueue(_clock.Now - start);
                await stall.Task;
                return Response.Ok();
            })
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.Inject(100, Second, Second)));

        await UntilAsync(() => sentAt.Count == 100);
        sentAt.ShouldBe(Enumerable.Range(0, 100).Select(i => i * 10_000L));
        stall.SetResult();
        (await run).ScenarioStats[0].Ok.Request.Count.ShouldBe(100);
    }

    [Fact]
    public async Task StallOfTenSeconds_CountsForEveryoneWhoWaitedSinceTheirTime()
    {
        var stall = new TaskCompletionSource();
        var sent = 0;
        var run = Begin(
            Scenario.Create("stalled", async _ =>
            {
                Interlocked.Increment(ref sent);
                await stall.Task;
                return Response.Ok();
            })
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.Inject(100, Second, Second)));

        await UntilAsync(() => sent == 100);
        // The sender waits for the end of its second before it is done.
        await UntilAsync(() => _clock.Now >= 2_000_000);
        _clock.Advance(TimeSpan.FromSeconds(9));
        stall.SetResult();
        var latency = (await run).ScenarioStats[0].Ok.Latency;
        latency.MaxMs.ShouldBe(10_000);
        latency.MinMs.ShouldBe(9_010);
        latency.Percent50.ShouldBe(9_510, 9_510 * 0.005);
    }

    [Fact]
    public async Task SenderThatIsLate_IsMeasuredFromTheIntendedTimeAndWarns()
    {
        var stats = await Begin(
            Scenario.Create("slow-sender", _ =>
            {
                // The first request holds the sender itself up for a second.
                _clock.WaitUntil(2_000_000);
                return Task.FromResult<IResponse>(Response.Ok());
            })
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.Inject(100, Second, Second)));

        stats.ScenarioStats[0].Ok.Latency.MaxMs.ShouldBe(1_000);
        stats.ScenarioStats[0].Ok.Latency.MinMs.ShouldBe(10);
        stats.Generator.LagMax.ShouldBe(990);
        stats.Generator.Warnings.ShouldHaveSingleItem().ShouldContain("the generator is the bottleneck");
    }

    [Fact]
    public async Task MoreThanMayBeUnderWay_IsNotSentAndReported()
    {
        var notSent = new ConcurrentQueue<TimeSpan>();
        var stall = new TaskCompletionSource();
        var run = Begin(
            Scenario.Create("stalled", async _ =>
            {
                await stall.Task;
                return Response.Ok();
            })
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.Inject(100, Second, Second)),
            context => context.WithMostInFlight(30).WithNotSent(notSent.Enqueue));

        await UntilAsync(() => _clock.Now >= 2_000_000);
        stall.SetResult();
        var stats = await run;
        stats.ScenarioStats[0].Ok.Request.Count.ShouldBe(30);
        stats.ScenarioStats[0].Fail.StatusCodes.Get("not sent").Count.ShouldBe(70);
        (stats.Generator.Sent, stats.Generator.NotSent, stats.Generator.MostInFlight).ShouldBe((30, 70, 30));
        stats.Generator.Warnings.ShouldHaveSingleItem().ShouldContain("70 requests were not sent");
        notSent.ShouldBe(Enumerable.Range(30, 70).Select(i => TimeSpan.FromMilliseconds(10 * i)));
    }

    [Fact]
    public async Task Ramp_SendsAsManyAsTheAreaUnderItsRate()
    {
        var sentAt = new ConcurrentQueue<long>();
        var start = _clock.Now;
        await Begin(
            Scenario.Create("ramp", _ =>
            {
                sentAt.Enqueue(_clock.Now - start);
                return Task.FromResult<IResponse>(Response.Ok());
            })
            .WithoutWarmUp()
            .WithLoadSimulations(
                Simulation.RampingInject(100, Second, 10 * Second),
                Simulation.Pause(Second),
                Simulation.Inject(50, Second, 2 * Second)));

        sentAt.Count(at => at < 5_000_000).ShouldBeInRange(124, 126);
        sentAt.Count(at => at < 10_000_000).ShouldBeInRange(499, 501);
        sentAt.Count(at => at is >= 10_000_000 and < 11_000_000).ShouldBe(0);
        sentAt.Count(at => at >= 11_000_000).ShouldBe(100);
        sentAt.ShouldBeInOrder();
    }

    [Fact]
    public async Task RandomRate_StaysWithinItsBoundsInEverySecond()
    {
        var sentAt = new ConcurrentQueue<long>();
        var start = _clock.Now;
        await Begin(
            Scenario.Create("random", _ =>
            {
                sentAt.Enqueue(_clock.Now - start);
                return Task.FromResult<IResponse>(Response.Ok());
            })
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.InjectRandom(10, 20, Second, 20 * Second)));

        var perSecond = sentAt.GroupBy(at => at / 1_000_000).Select(second => second.Count()).ToList();
        perSecond.Count.ShouldBe(20);
        perSecond.ShouldAllBe(count => count >= 10 && count <= 20);
    }

    [Fact]
    public async Task ConstantCopies_RunAsManyIterationsAsAsked()
    {
        var under = 0;
        var most = 0;
        var gate = new Lock();
        var stats = await Begin(
            Scenario.Create("closed", async _ =>
            {
                lock (gate)
                {
                    most = Math.Max(most, ++under);
                }

                await Task.Yield();
                lock (gate)
                {
                    under--;
                }

                return Response.Ok();
            })
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.IterationsForConstant(4, 1_000)));

        stats.ScenarioStats[0].Ok.Request.Count.ShouldBe(1_000);
        most.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task WarmUp_IsSentAndNotMeasured()
    {
        var operations = new ConcurrentQueue<ScenarioOperation>();
        var stats = await Begin(
            Scenario.Create("warm", context =>
            {
                operations.Enqueue(context.ScenarioInfo.ScenarioOperation);
                return Task.FromResult<IResponse>(Response.Ok());
            })
            .WithWarmUpDuration(2 * Second)
            .WithLoadSimulations(Simulation.Inject(10, Second, Second)));

        operations.Count(operation => operation == ScenarioOperation.WarmUp).ShouldBeInRange(9, 11);
        operations.Count(operation => operation == ScenarioOperation.Bombing).ShouldBe(10);
        stats.ScenarioStats[0].Ok.Request.Count.ShouldBe(10);
    }

    private Task<NodeStats> Begin(ScenarioProps scenario, Func<NBomberContext, NBomberContext>? more = null)
    {
        var context = NBomberRunner.RegisterScenarios(scenario).WithoutReports()
            .WithReportingInterval(TimeSpan.FromHours(1));
        return Task.Run(() => (more?.Invoke(context) ?? context).Run(_clock));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(1, bound.Token);
        }
    }
}
