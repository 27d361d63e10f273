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

    [Theory]
    [InlineData("nowhere")]
    [InlineData("http://256.1.1.1:8080")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://192.0.2.1:0")]
    public Task AddressThatCannotBeListenedOn_IsRefused(string address) => RefusesAsync("--urls", "--urls", address);

    [Fact]
    public Task FolderThatCannotBe_IsRefused() => RefusesAsync("--data", "--data", "/dev/null/folder");

    [Fact]
    public Task UnreachablePostgres_IsRefused() =>
        RefusesAsync("PostgreSQL", "--postgres", "Host=127.0.0.1;Port=1;Username=u;Database=d;Timeout=2");

    [Fact]
    public Task MalformedConnectionString_IsRefused() => RefusesAsync("connection string", "--postgres", "Nonsense=1");

    [Theory]
    [InlineData("Approval", "perhaps", "Campaigns:Approval")]
    [InlineData("Lanes", "0", "Campaigns:Lanes")]
    [InlineData("DrainTimeout", "-00:00:01", "Campaigns:DrainTimeout")]
    [InlineData("Secrets__SeedKey", "abc", "Campaigns__Secrets__SeedKey")]
    [InlineData("Grains__SnapshotEvery", "often", "Campaigns:Grains:SnapshotEvery")]
    [InlineData("Ledger__GroupCommit__QueueRows", "-1", "Campaigns:Ledger:GroupCommit:QueueRows")]
    [InlineData("Ledger__Loads__Concurrency", "many", "Campaigns:Ledger:Loads:Concurrency")]
    [InlineData("Gateway__Limits__BodyTimeout", "soon", "Campaigns:Gateway:Limits:BodyTimeout")]
    [InlineData("Cluster__IdleAge", "00:00:30", "IdleAge")]
    [InlineData("Cluster__SiloPort", "0", "SiloPort")]
    [InlineData("Cluster__GatewayPort", "11111", "GatewayPort")]
    [InlineData("DrainTimeout", "2.00:00:00", "DrainTimeout")]
    [InlineData("Gateway__Auth__PartnerKeys__key__Secret", "abc", "PartnerKeys[key]")]
    public async Task MalformedSetting_IsRefused(string name, string value, string named)
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        store.Settings["Campaigns__" + name] = value;
        await RefusesAsync(store, named);
    }

    [Fact]
    public async Task FileThatIsNoDatabase_IsRefused()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        await File.WriteAllTextAsync(Path.Combine(store.Folder, "campaigns.db"), new string('x', 8_192));
        await RefusesAsync(store, "not a database");
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
