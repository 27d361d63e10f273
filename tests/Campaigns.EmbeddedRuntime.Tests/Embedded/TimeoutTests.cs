using Campaigns.EmbeddedRuntime.Tests.Calls;
using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Embedded;

/// <summary>Orleans measures these times with the machine's clock, which no test can turn.</summary>
public sealed class TimeoutTests : GrainTests
{
    private ICalls Calls => Grain<ICalls>();

    [Fact]
    public async Task Call_WithoutAnswer_TimesOutAfterThirtySeconds()
    {
        var call = Calls.Wait(Key + "gate");
        await GateOf("gate").Arrival();

        Clock.Advance(TimeSpan.FromSeconds(29));
        await Bounds.LetOthersRun();
        call.IsCompleted.ShouldBeFalse();

        Clock.Advance(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<TimeoutException>(call.Soon());
        GateOf("gate").Open();
    }

    [Fact]
    public async Task Call_OfAMethodWithItsOwnTimeout_TimesOutByIt()
    {
        var call = Calls.WaitBriefly(Key + "gate");
        await GateOf("gate").Arrival();

        Clock.Advance(TimeSpan.FromSeconds(4));
        await Bounds.LetOthersRun();
        call.IsCompleted.ShouldBeFalse();

        Clock.Advance(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<TimeoutException>(call.Soon());
        GateOf("gate").Open();
    }
}
