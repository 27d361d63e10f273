using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Timers;

public sealed class TimerTests : GrainTests
{
    private ITimers Timers => Grain<ITimers>();

    private int Ticks => Journal.Of(Key).Length;

    [Fact]
    public async Task Timer_TicksWhenDueAndAfterEachPeriod()
    {
        await Timers.Start(10, false, false).Soon();
        Ticks.ShouldBe(0);

        await TickAfter(10, 1);
        await TickAfter(10, 2);
        await TickAfter(10, 3);
    }

    [Fact]
    public async Task Tick_DoesNotCarryTheContextOfTheCallThatStartedTheTimer()
    {
        await Timers.Start(10, false, false).Soon();

        await TickAfter(10, 1);

        Journal.TextOf(Key).ShouldBe(["tick "]);
    }

    [Fact]
    public async Task Tick_WhileACallAwaits_WaitsForItsTurn()
    {
        await Timers.Start(10, false, false).Soon();
        var call = Timers.Wait(Key + "gate");
        await GateOf("gate").Arrival();

        Clock.Advance(TimeSpan.FromSeconds(10));
        await Bounds.LetOthersRun();
        Ticks.ShouldBe(0);

        GateOf("gate").Open();
        await call.Soon();
        await Bounds.Until(() => Ticks == 1);
    }

    [Fact]
    public async Task InterleavingTick_WhileACallAwaits_RunsAtOnce()
    {
        await Timers.Start(10, true, false).Soon();
        var call = Timers.Wait(Key + "gate");
        await GateOf("gate").Arrival();

        Clock.Advance(TimeSpan.FromSeconds(10));
        await Bounds.Until(() => Ticks == 1);

        call.IsCompleted.ShouldBeFalse();
        GateOf("gate").Open();
        await call.Soon();
    }

    [Fact]
    public async Task Call_WhileATickAwaits_WaitsForIt()
    {
        await Timers.StartWaiting(10, Key + "gate").Soon();
        Clock.Advance(TimeSpan.FromSeconds(10));
        await GateOf("gate").Arrival();

        var call = Timers.Change(20);
        await Bounds.LetOthersRun();
        call.IsCompleted.ShouldBeFalse();

        GateOf("gate").Open();
        await call.Soon();
    }

    [Fact]
    public async Task Period_CountsFromTheEndOfATick()
    {
        await Timers.StartWaiting(10, Key + "gate").Soon();
        Clock.Advance(TimeSpan.FromSeconds(10));
        await GateOf("gate").Arrival();

        Clock.Advance(TimeSpan.FromSeconds(25));
        await Bounds.LetOthersRun();
        GateOf("gate").Arrived.ShouldBe(1);

        GateOf("gate").Open();
        await Bounds.Until(() => Ticks == 1);
        await Timers.Wait(Key + "gate").Soon();
        await TickAfter(10, 2);
    }

    [Fact]
    public async Task Tick_ThatFails_IsFollowedByTheNext()
    {
        await Timers.StartFailing(10).Soon();

        await TickAfter(10, 1);
        await TickAfter(10, 2);
    }

    [Fact]
    public async Task Timer_WithoutPeriod_TicksOnce()
    {
        await Timers.StartOnce(10).Soon();

        await TickAfter(10, 1);
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Bounds.LetOthersRun();

        Ticks.ShouldBe(1);
    }

    [Fact]
    public async Task ChangedTimer_TicksByItsNewTimes()
    {
        await Timers.Start(10, false, false).Soon();

        await Timers.Change(60).Soon();
        Clock.Advance(TimeSpan.FromSeconds(59));
        await Bounds.LetOthersRun();
        Ticks.ShouldBe(0);

        await TickAfter(1, 1);
    }

    [Fact]
    public async Task DisposedTimer_DoesNotTick()
    {
        await Timers.Start(10, false, false).Soon();

        await Timers.Stop().Soon();
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Bounds.LetOthersRun();

        Ticks.ShouldBe(0);
    }

    [Fact]
    public async Task Timer_EndsWithItsActivation()
    {
        await Timers.Start(10, false, false).Soon();

        await Timers.Leave().Soon();
        GateOf("open").Open();
        await Timers.Wait(Key + "open").Soon();
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Bounds.LetOthersRun();

        Ticks.ShouldBe(0);
    }

    private async Task TickAfter(int seconds, int expected)
    {
        Clock.Advance(TimeSpan.FromSeconds(seconds));
        await Bounds.Until(() => Ticks == expected);

        // The next tick counts from the end of this one, which a call of the grain has awaited.
        GateOf("open").Open();
        await Timers.Wait(Key + "open").Soon();
    }
}
