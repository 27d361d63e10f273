using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Activations;

public sealed class ShutdownTests : GrainTests
{
    [Fact]
    public async Task Stop_TellsEveryGrain()
    {
        await Grain<ILife>("a").Use().Soon();
        await Grain<ILife>("b").Use().Soon();

        await Silo.StopAsync().Soon();

        Journal.TextOf(Key + "a").ShouldBe(["activated", "deactivated ShuttingDown", "disposed"]);
        Journal.TextOf(Key + "b").ShouldBe(["activated", "deactivated ShuttingDown", "disposed"]);
    }

    [Fact]
    public async Task Stop_LetsTheRunningCallEnd()
    {
        var running = Grain<ILife>().Wait(Key + "gate");
        await GateOf("gate").Arrival();

        var stop = Silo.StopAsync();
        GateOf("gate").Open();

        await running.Soon();
        await stop.Soon();
    }

    [Fact]
    public async Task Call_AfterTheStop_FailsAtOnce()
    {
        var grain = Grain<ILife>();
        await grain.Use().Soon();
        await Silo.StopAsync().Soon();

        await Should.ThrowAsync<Exception>(async () => await grain.Use().Soon());
    }
}
