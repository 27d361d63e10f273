using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Activations;

public sealed class LifeTests : GrainTests
{
    private ILife Life => Grain<ILife>();

    [Fact]
    public async Task FirstCall_ActivatesBeforeItRuns()
    {
        (await Life.Use().Soon()).ShouldBe(1);

        Journal.TextOf(Key).ShouldBe(["activated"]);
    }

    [Fact]
    public async Task LaterCalls_UseTheSameActivation()
    {
        await Life.Use().Soon();

        (await Life.Use().Soon()).ShouldBe(2);

        Journal.TextOf(Key).ShouldBe(["activated"]);
    }

    [Fact]
    public async Task FailedActivation_FailsTheWaitingCallsWithItsException_AndTheNextCallTriesAnew()
    {
        var grain = Grain<IHardLife>();
        var first = grain.Use();
        await GateOf("").Arrival();
        var second = grain.Use();
        GateOf("").Open();

        await Should.ThrowAsync<TimeZoneNotFoundException>(first.Soon());
        await Should.ThrowAsync<TimeZoneNotFoundException>(second.Soon());

        (await grain.Use().Soon()).ShouldBe(1);
        Journal.TextOf(Key).ShouldBe(["tried", "tried"]);
    }

    [Fact]
    public async Task DeactivateOnIdle_EndsTheActivation_AndTheNextCallMakesAnother()
    {
        await Life.Use().Soon();
        await Life.Leave().Soon();
        await Bounds.Until(() => Journal.TextOf(Key).Contains("disposed"));

        (await Life.Use().Soon()).ShouldBe(1);

        Journal.TextOf(Key).ShouldBe(["activated", "deactivated ApplicationRequested", "disposed", "activated"]);
    }

    [Fact]
    public async Task DeactivateOnIdle_WithCallsQueued_SendsThemToAFreshActivation()
    {
        await Life.Use().Soon();
        var leaving = Life.LeaveAndWait(Key + "gate");
        await GateOf("gate").Arrival();
        var queued = Life.Use();
        GateOf("gate").Open();

        await leaving.Soon();
        (await queued.Soon()).ShouldBe(1);
    }

    [Fact]
    public async Task DeactivateOnIdle_WaitsForTheRunningCall()
    {
        var leaving = Life.LeaveAndWait(Key + "gate");
        await GateOf("gate").Arrival();
        await Bounds.LetOthersRun();
        Journal.TextOf(Key).ShouldBe(["activated"]);

        GateOf("gate").Open();
        await leaving.Soon();
        await Bounds.Until(() => Journal.TextOf(Key).Contains("disposed"));
    }

    [Fact]
    public async Task CallsThatEachEndTheActivation_AreSentOnTwiceAtMost()
    {
        var running = Life.LeaveAndWait(Key + "gate");
        await GateOf("gate").Arrival();
        var queued = Enumerable.Range(0, 4).Select(_ => Life.UseAndLeave()).ToList();
        GateOf("gate").Open();
        await running.Soon();

        var outcomes = new List<string>();
        foreach (var call in queued)
        {
            try
            {
                outcomes.Add($"used {await call.Soon()}");
            }
            catch (OrleansMessageRejectionException)
            {
                outcomes.Add("rejected");
            }
        }

        outcomes.ShouldBe(["used 1", "used 1", "rejected", "rejected"]);
    }

    [Fact]
    public async Task InconsistentState_ThatEscapes_EndsTheActivation()
    {
        await Life.Use().Soon();

        await Should.ThrowAsync<Orleans.Storage.InconsistentStateException>(Life.FailInconsistently().Soon());

        (await Life.Use().Soon()).ShouldBe(1);
    }

    [Fact]
    public async Task IdleActivation_EndsAfterItsAge()
    {
        await Life.Use().Soon();

        Clock.Advance(TimeSpan.FromMinutes(14));
        await Bounds.LetOthersRun();
        Journal.TextOf(Key).ShouldBe(["activated"]);

        Clock.Advance(TimeSpan.FromMinutes(3));
        await Bounds.Until(() => Journal.TextOf(Key).Contains("deactivated ActivationIdle"));
        (await Life.Use().Soon()).ShouldBe(1);
    }

    [Fact]
    public async Task ActivationInUse_DoesNotEndByAge()
    {
        var call = Life.Wait(Key + "gate");
        await GateOf("gate").Arrival();

        Clock.Advance(TimeSpan.FromMinutes(30));
        await Bounds.LetOthersRun();
        Journal.TextOf(Key).ShouldBe(["activated"]);

        GateOf("gate").Open();
        await Should.ThrowAsync<TimeoutException>(call.Soon());
    }

    [Fact]
    public async Task DelayDeactivation_KeepsAnIdleActivation()
    {
        await Life.Stay(TimeSpan.FromHours(1)).Soon();

        Clock.Advance(TimeSpan.FromMinutes(50));
        await Bounds.LetOthersRun();
        Journal.TextOf(Key).ShouldBe(["activated"]);

        Clock.Advance(TimeSpan.FromMinutes(30));
        await Bounds.Until(() => Journal.TextOf(Key).Contains("disposed"));
    }

    [Fact]
    public async Task KeepAliveClass_NeverEndsByAge()
    {
        await Grain<IKeptLife>().Use().Soon();

        Clock.Advance(TimeSpan.FromDays(2));
        await Bounds.LetOthersRun();

        (await Grain<IKeptLife>().Use().Soon()).ShouldBe(2);
    }

    [Fact]
    public async Task ClassWithItsOwnAge_EndsByIt()
    {
        await Grain<IShortLife>().Use().Soon();

        Clock.Advance(TimeSpan.FromMinutes(5));
        await Bounds.LetOthersRun();

        (await Grain<IShortLife>().Use().Soon()).ShouldBe(1);
    }
}
