using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary><c>./campaigns up</c> itself: it becomes the host, so that signals reach it.</summary>
public sealed class EntryScriptTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Up_BecomesTheHost_AndStopsCleanlyOnASignal(string signal)
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        store.Settings["GrainRuntime"] = HostProgram.GrainRuntime;
        await using var host = await HostProcess.StartScriptAsync(store.Settings);
        host.Log.ShouldContain($"grain runtime {HostProgram.GrainRuntime} (asked for by GrainRuntime)");
        host.Log.ShouldContain("./campaigns token");
        host.Signal(signal);
        (await host.ExitAsync()).ShouldBe(0, host.Log);
    }
}
