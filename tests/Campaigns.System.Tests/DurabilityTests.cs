using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>A database that may lose what was acknowledged is not served from.</summary>
public sealed class DurabilityTests
{
    [Fact]
    public async Task ServerWithoutFsync_IsRefusedWithOneLineThatNamesTheSetting()
    {
        await using var server = await PostgresServer.StartAsync("fsync=off");
        await using var store = await Store.CreateAsync(Store.Sqlite);
        store.Settings["Campaigns__Postgres"] = await server.CreateDatabaseAsync();

        var (exitCode, log) = await HostProcess.RefusedAsync(store.Settings);

        exitCode.ShouldBe(2);
        var line = log.Split('\n').ShouldHaveSingleItem();
        line.ShouldStartWith("campaigns: ");
        line.ShouldContain("fsync is 'off'");
    }
}
