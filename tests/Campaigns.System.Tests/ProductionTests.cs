using System.Security.Cryptography;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>Outside Development, keys come from settings, and nothing of Development is there.</summary>
public sealed class ProductionTests
{
    [Fact]
    public async Task WithoutKeys_TheHostIsRefusedWithOneLine()
    {
        await using var store = await CreateAsync();
        var (exitCode, log) = await HostProcess.RefusedAsync(store.Settings);
        exitCode.ShouldBe(2, log);
        log.Split('\n').ShouldHaveSingleItem().ShouldContain("Campaigns__Secrets__ChainKey");
    }

    [Fact]
    public async Task SelfApproval_IsRefusedWithOneLine()
    {
        await using var store = await CreateAsync();
        GiveKeys(store);
        var (exitCode, log) = await HostProcess.RefusedAsync(store.Settings, "--no-approval");
        exitCode.ShouldBe(2, log);
        log.Split('\n').ShouldHaveSingleItem().ShouldContain("--no-approval");
    }

    [Fact]
    public async Task WithKeys_ItServesWithoutDemoAndDevelopmentTokens()
    {
        await using var store = await CreateAsync();
        GiveKeys(store);
        store.Settings.Remove("Campaigns__Demo");
        await using var host = await store.StartAsync();
        Directory.EnumerateFiles(store.Folder).Select(Path.GetFileName).ShouldNotContain("dev-signing-key");
        await File.WriteAllTextAsync(
            Path.Combine(store.Folder, "dev-signing-key"), Convert.ToBase64String(new byte[32]));
        using var api = new Api(host.Address, store.Tokens);
        (await api.SendAsync("GET", "/v1/me", store.Tokens.User("ann"))).Status.ShouldBe(401);
        (await api.SendAsync("GET", "/v1/campaigns/ny2027", null)).Status.ShouldBe(404);
        (await api.SendAsync("GET", "/health/ready", null)).Status.ShouldBe(200);
    }

    private static async Task<Store> CreateAsync()
    {
        var store = await Store.CreateAsync(Store.Sqlite);
        store.Settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        store.Settings["Campaigns__Gateway__Auth__Issuer"] = "https://issuer.example";
        store.Settings["Campaigns__Gateway__Auth__Jwks"] = """{"keys": []}""";
        return store;
    }

    private static void GiveKeys(Store store)
    {
        foreach (var name in (string[])["ChainKey", "SeedKey"])
        {
            store.Settings["Campaigns__Secrets__" + name] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        }
    }
}
