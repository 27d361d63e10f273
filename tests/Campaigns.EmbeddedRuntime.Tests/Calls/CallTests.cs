using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Calls;

public sealed class CallTests : GrainTests
{
    private ICalls Calls => Grain<ICalls>();

    [Fact]
    public async Task Exception_ThrownAtOnce_ReachesTheCallerWithItsData()
    {
        var exception = await Should.ThrowAsync<RefusedException>(Calls.FailAtOnce().Soon());

        exception.Message.ShouldBe("at once");
        exception.Code.ShouldBe(1);
    }

    [Fact]
    public async Task Exception_ThrownLater_ReachesTheCallerWithTheGrainsStack()
    {
        var exception = await Should.ThrowAsync<RefusedException>(Calls.FailLater().Soon());

        exception.StackTrace.ShouldNotBeNull().ShouldContain(nameof(CallGrain.FailLater));
    }

    [Fact]
    public async Task Exception_OfAMethodWithResult_ReachesTheCaller()
    {
        await Should.ThrowAsync<InvalidOperationException>(Calls.FailWithResult().Soon());
    }

    [Fact]
    public async Task Cancellation_DecidedByTheGrain_CancelsTheCallersTask()
    {
        var call = Calls.CancelItself();

        var exception = await Record.ExceptionAsync(() => call);

        exception.ShouldBeAssignableTo<OperationCanceledException>()!.Message.ShouldBe("own decision");
        call.IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public async Task Request_WhoseCallerGaveUp_IsNotStarted()
    {
        var running = Calls.Wait(Key + "gate");
        await GateOf("gate").Arrival();
        var queued = Calls.Note(Key);

        await Silo.OutwaitTimeoutOf(queued);
        await Should.ThrowAsync<TimeoutException>(queued.Soon());
        await Should.ThrowAsync<TimeoutException>(running.Soon());
        GateOf("gate").Open();

        await Calls.Note(Key + "later").Soon();
        Journal.Of(Key).ShouldBeEmpty();
    }

    [Fact]
    public async Task OneWayCall_DoesNotWaitForTheGrain()
    {
        await Calls.WaitOneWay(Key + "gate").Soon();

        await GateOf("gate").Arrival();
        GateOf("gate").Open();
    }

    [Fact]
    public async Task OneWayCall_ThatFails_LeavesTheGrainUsable()
    {
        await Calls.FailOneWay(Key + "gate").Soon();
        GateOf("gate").Open();

        (await Calls.Number().Soon()).ShouldBe(42);
    }

    [Fact]
    public async Task Token_CancelledWhileTheGrainRuns_CancelsItsTokenInATurn()
    {
        using var cancellation = new CancellationTokenSource();
        var call = Calls.WaitForCancellation(Key + "gate", cancellation.Token);
        await GateOf("gate").Arrival();
        GateOf("gate").Open();

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call.Soon());
        await Bounds.Until(() => Journal.Of(Key + "gate").Length == 1);
        Journal.TextOf(Key + "gate").ShouldBe(["cancelled True, in grain True"]);
    }

    [Fact]
    public async Task Token_CancelledWhileTheRequestWaits_KeepsItFromStarting()
    {
        using var cancellation = new CancellationTokenSource();
        var running = Calls.Wait(Key + "gate");
        await GateOf("gate").Arrival();
        var queued = Calls.NoteToken(Key, cancellation.Token);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(queued.Soon());
        await Bounds.LetOthersRun();
        GateOf("gate").Open();
        await running.Soon();

        await Calls.Number().Soon();
        Journal.Of(Key).ShouldBeEmpty();
    }

    [Fact]
    public async Task Token_CancelledBeforeTheCall_ThrowsWithoutCalling()
    {
        Should.Throw<OperationCanceledException>(() => { _ = Calls.NoteToken(Key, new CancellationToken(true)); });

        await Calls.Number().Soon();
        Journal.Of(Key).ShouldBeEmpty();
    }

    [Fact]
    public async Task RequestContext_FlowsToTheGrainAndOn()
    {
        RequestContext.Set("trace", "t1");

        (await Calls.ContextValue("trace").Soon()).ShouldBe("t1");
        (await Calls.ContextValueOfNested("trace", Key + "other").Soon()).ShouldBe("t1");
    }

    [Fact]
    public async Task RequestContext_SetByTheGrain_DoesNotFlowBackNorToTheNextCall()
    {
        await Calls.SetContextValue("own", "grain").Soon();

        RequestContext.Get("own").ShouldBeNull();
        (await Calls.ContextValue("own").Soon()).ShouldBeNull();
    }

    [Fact]
    public async Task RequestContext_IsCopied()
    {
        var list = new List<string>();
        RequestContext.Set("list", list);

        await Calls.MutateContextValue("list").Soon();

        list.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reference_PassedAsAnArgument_CanBeCalled()
    {
        (await Grain<ICalls>("a").AskThrough(Grain<ICalls>("b")).Soon()).ShouldBe(42);
    }
}
