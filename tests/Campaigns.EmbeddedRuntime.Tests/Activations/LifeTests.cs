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
}
