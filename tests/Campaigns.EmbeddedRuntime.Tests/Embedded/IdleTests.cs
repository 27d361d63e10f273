using Campaigns.EmbeddedRuntime.Tests.Activations;
using Campaigns.EmbeddedRuntime.Tests.Hosting;
using Campaigns.EmbeddedRuntime.Tests.Timers;

namespace Campaigns.EmbeddedRuntime.Tests.Embedded;

/// <summary>Orleans measures idle times with the machine's clock, which no test can turn.</summary>
public sealed class IdleTests : GrainTests
{
    private ILife Life => Grain<ILife>();

    private int Ticks => Journal.Of(Key).Length;

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

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Ticks_KeepTheActivationOnlyWhenToldTo(bool keepAlive, bool stays)
    {
        await Grain<ITimers>().Start(60, false, keepAlive).Soon();

        for (var minute = 0; minute < 20; minute++)
        {
            var before = Ticks;
            Clock.Advance(TimeSpan.FromMinutes(1));
            if (stays || minute < 10)
                await Bounds.Until(() => Ticks > before);
        }

        await Bounds.LetOthersRun();
        var ticks = Ticks;
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Bounds.LetOthersRun();
        Ticks.ShouldBe(stays ? ticks + 1 : ticks);
    }
}
