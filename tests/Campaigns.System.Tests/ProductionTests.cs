using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>Outside Development, keys come from settings, and nothing of Development is there.</summary>
public sealed class ProductionTests
{
    private const string Issuer = "https://issuer.example";
    private static readonly ECDsa IssuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

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
    public async Task IssuerWithoutAUsableKey_IsRefusedWithOneLine()
    {
        await using var store = await CreateAsync();
        GiveKeys(store);
        store.Settings["Campaigns__Gateway__Auth__Jwks"] = """{"keys": []}""";
        var (exitCode, log) = await HostProcess.RefusedAsync(store.Settings);
        exitCode.ShouldBe(2, log);
        log.Split('\n').ShouldHaveSingleItem().ShouldContain("key set");
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
        (await api.SendAsync("GET", "/v1/me", UserOfTheIssuer("ann"))).Status.ShouldBe(200);
        (await api.SendAsync("GET", "/v1/campaigns/ny2027", null)).Status.ShouldBe(404);
        (await api.SendAsync("GET", "/health/ready", null)).Status.ShouldBe(200);
    }

    private static string Jwks()
    {
        var point = IssuerKey.ExportParameters(includePrivateParameters: false).Q;
        var key = new { kty = "EC", crv = "P-256", use = "sig", x = Encode(point.X), y = Encode(point.Y) };
        return JsonSerializer.Serialize(new { keys = (object[])[key] });
    }

    private static string UserOfTheIssuer(string id)
    {
        var exp = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        var claims = new { iss = Issuer, aud = "campaigns:user", sub = id, exp };
        var text = Encode("""{"alg":"ES256","typ":"JWT"}"""u8) + "."
            + Encode(JsonSerializer.SerializeToUtf8Bytes(claims));
        return text + "." + Encode(IssuerKey.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256));
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private static async Task<Store> CreateAsync()
    {
        var store = await Store.CreateAsync(Store.Sqlite);
        store.Settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        store.Settings["Campaigns__Gateway__Auth__Issuer"] = Issuer;
        store.Settings["Campaigns__Gateway__Auth__Jwks"] = Jwks();
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
