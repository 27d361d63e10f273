using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Turns;

public sealed class TurnTests : GrainTests
{
    [Fact]
    public async Task Call_WhileAnotherAwaits_WaitsForItsEnd()
    {
        var grain = Grain<ITurns>();
        var first = grain.Wait(Key + "gate");
        await GateOf("gate").Arrival();

        var second = grain.Touch();
        await Bounds.LetOthersRun();
        second.IsCompleted.ShouldBeFalse();

        GateOf("gate").Open();
        await first.Soon();
        (await second.Soon()).ShouldBe(1);
    }

    [Fact]
    public async Task Call_OfReentrantClass_InterleavesWhereTheOtherAwaits()
    {
        var grain = Grain<IReentrantTurns>();
        var first = grain.Wait(Key + "gate");
        await GateOf("gate").Arrival();

        (await grain.Touch().Soon()).ShouldBe(1);

        first.IsCompleted.ShouldBeFalse();
        GateOf("gate").Open();
        await first.Soon();
    }

    [Fact]
    public async Task AlwaysInterleaveMethod_WhileAnotherAwaits_RunsAtOnce()
    {
        var grain = Grain<ITurns>();
        var first = grain.Wait(Key + "gate");
        await GateOf("gate").Arrival();

        (await grain.TouchAlways().Soon()).ShouldBe(1);

        GateOf("gate").Open();
        await first.Soon();
    }

    [Fact]
    public async Task ReadOnlyMethods_WhileOneAwaits_InterleaveWithEachOtherOnly()
    {
        var grain = Grain<ITurns>();
        var first = grain.ReadAndWait(Key + "gate");
        await GateOf("gate").Arrival();

        var write = grain.Touch();
        (await grain.Read().Soon()).ShouldBe(0);
        write.IsCompleted.ShouldBeFalse();

        GateOf("gate").Open();
        await first.Soon();
        (await write.Soon()).ShouldBe(1);
    }

    [Fact]
    public async Task Write_AfterTheFirstOfTwoReadersEnds_WaitsForTheSecond()
    {
        var grain = Grain<ITurns>();
        var first = grain.ReadAndWait(Key + "first");
        await GateOf("first").Arrival();
        var second = grain.ReadAndWait(Key + "second");
        await GateOf("second").Arrival();

        GateOf("first").Open();
        await first.Soon();

        var write = grain.Touch();
        await Bounds.LetOthersRun();
        write.IsCompleted.ShouldBeFalse();

        GateOf("second").Open();
        await second.Soon();
        (await write.Soon()).ShouldBe(1);
    }

    [Fact]
    public async Task ReadOnlyMethod_WhileAWriteAwaits_Waits()
    {
        var grain = Grain<ITurns>();
        var write = grain.Wait(Key + "gate");
        await GateOf("gate").Arrival();

        var read = grain.Read();
        await Bounds.LetOthersRun();
        read.IsCompleted.ShouldBeFalse();

        GateOf("gate").Open();
        await write.Soon();
        await read.Soon();
    }

    [Fact]
    public async Task MayInterleavePredicate_WhileAnotherAwaits_LetsInWhatItNames()
    {
        var grain = Grain<IPickyTurns>();
        var first = grain.Wait(Key + "gate");
        await GateOf("gate").Arrival();

        var refused = grain.Touch();
        (await grain.TouchIfLetIn().Soon()).ShouldBe(1);
        refused.IsCompleted.ShouldBeFalse();

        GateOf("gate").Open();
        await first.Soon();
        (await refused.Soon()).ShouldBe(2);
    }

    [Fact]
    public async Task CallChain_ThatReturnsToItsStart_TimesOut()
    {
        var call = Grain<ITurns>("a").CallBack(Key + "b");

        await Silo.OutwaitTimeoutOf(call);

        await Should.ThrowAsync<TimeoutException>(call.Soon());
    }

    [Fact]
    public async Task CallChain_ThatReturnsWithPermission_Reenters()
    {
        (await Grain<ITurns>("a").CallBackAllowed(Key + "b").Soon()).ShouldBe(1);
    }

    [Fact]
    public async Task Call_OfAnIdleGrain_DoesNotRunInsideTheCaller()
    {
        var grain = Grain<ITurns>();
        await grain.Touch().Soon();

        for (var i = 0; i < 1000; i++)
            (await SynchronousSection.In(grain.SeesMarker).Soon()).ShouldBeFalse();
    }

    [Fact]
    public async Task Tasks_StartedOnTheCurrentScheduler_StayInTheGrain()
    {
        (await Grain<ITurns>().WhereTasksRun().Soon()).ShouldBe("started True, escaped True, back True");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public async Task ReentrantCalls_FromManyThreads_NeverOverlapInATurn(int callers)
    {
        const int Calls = 50;
        const int Steps = 20;
        var grain = Grain<IReentrantTurns>();

        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Calls; i++)
                await grain.Count(Steps);
        }))).Soon();

        (await grain.Counts().Soon()).ShouldBe(((long)callers * Calls * Steps, 0));
    }
}
