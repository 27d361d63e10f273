using System.Net;
using System.Net.Sockets;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>What keeps a host from serving is one line on stderr and exit code 2.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task AddressInUse_IsRefused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await RefusesAsync("already in use", "--urls", $"http://{listener.LocalEndpoint}");
    }

    [Fact]
    public Task MalformedAddress_IsRefused() => RefusesAsync("--urls", "--urls", "nowhere");

    [Fact]
    public Task UnreachablePostgres_IsRefused() =>
        RefusesAsync("PostgreSQL", "--postgres", "Host=127.0.0.1;Port=1;Username=u;Database=d;Timeout=2");

    [Fact]
    public Task MalformedConnectionString_IsRefused() => RefusesAsync("connection string", "--postgres", "Nonsense=1");

    [Fact]
    public async Task MalformedSetting_IsRefused()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        store.Settings["Campaigns__Approval"] = "perhaps";
        await RefusesAsync(store, "Campaigns:Approval");
    }

    [Fact]
    public async Task DamagedKeyFile_IsRefused()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        await File.WriteAllTextAsync(Path.Combine(store.Folder, "chain-key"), "short");
        await RefusesAsync(store, "chain-key");
    }

    [Fact]
    public async Task LeaseTakenBySomebodyElse_EndsTheHost()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        await using var host = await store.StartAsync();
        (await store.ExecuteAsync("update leases set holder = 'somebody else', stamp = stamp + 1")).ShouldBe(1);
        (await host.ExitAsync()).ShouldBe(2);
        host.Log.ShouldContain("campaigns: another host has taken the lease on the database.");
    }

    private static async Task RefusesAsync(string because, params string[] arguments)
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        await RefusesAsync(store, because, arguments);
    }

    private static async Task RefusesAsync(Store store, string because, params string[] arguments)
    {
        var (exitCode, log) = await HostProcess.RefusedAsync(store.Settings, arguments);
        exitCode.ShouldBe(2, log);
        var line = log.Split('\n').ShouldHaveSingleItem();
        line.ShouldStartWith("campaigns: ");
        line.ShouldContain(because);
    }
}
