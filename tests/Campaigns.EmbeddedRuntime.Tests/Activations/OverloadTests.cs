using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Activations;

public sealed class OverloadTests : GrainTests
{
    protected override void Configure(TestSiloOptions options) => options.MaxQueuedRequests = 3;

    [Fact]
    public async Task CallsBeyondTheBound_AreRejectedAtOnce_AndTheOthersRun()
    {
        var grain = Grain<ILife>();
        var running = grain.Wait(Key + "gate");
        await GateOf("gate").Arrival();
        var queued = Enumerable.Range(0, 3).Select(_ => grain.Use()).ToList();

        await Should.ThrowAsync<LimitExceededException>(grain.Use().Soon());

        GateOf("gate").Open();
        await running.Soon();
        (await Task.WhenAll(queued).Soon()).ShouldBe([1, 2, 3]);
    }
}
