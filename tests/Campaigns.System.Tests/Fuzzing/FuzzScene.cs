using System.Text.Json;
using Campaigns.Gateway.Tests.BadRequests;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>
/// The host under fuzz with two campaigns that are live, and the names that requests are made of: few, so that users,
/// keys and orders meet again.
/// </summary>
internal sealed class FuzzScene : IAsyncDisposable
{
    public const string Night = "night";
    public const string Side = "side";
    public const int Users = 60;
    public const int Orders = 120;

    private const string Key = "Campaigns__Gateway__Auth__PartnerKeys__" + Scene.PartnerKeyId;

    private readonly Store _store;

    private FuzzScene(Store store, HostProcess host, TestTokens tokens) =>
        (_store, Host, Tokens) = (store, host, tokens);

    public HostProcess Host { get; }

    public Uri Address => Host.Address;

    public TestTokens Tokens { get; }

    /// <param name="keepAlive">How long the host leaves a connection open on which nothing is asked.</param>
    public static async Task<FuzzScene> StartAsync(string kind, string keepAlive = "00:02:00")
    {
        var store = await Store.CreateAsync(kind);
        store.Settings[Key + "__Partner"] = "shop";
        store.Settings[Key + "__Secret"] = Convert.ToBase64String(Scene.PartnerSecret);
        store.Settings[Key + "__Merchants__0"] = "m-1";
        store.Settings["Campaigns__Gateway__Limits__BodyTimeout"] = "00:00:01";
        store.Settings["Campaigns__Gateway__Limits__HeadersTimeout"] = "00:00:01";
        store.Settings["Campaigns__Gateway__Limits__KeepAlive"] = keepAlive;
        // What is settled by a timer would be taken for the doing of the request that is just being judged.
        store.Settings["Campaigns__Grains__SettlementInterval"] = "1.00:00:00";
        store.Settings["Campaigns__Grains__ExpiryInterval"] = "1.00:00:00";
        var host = await store.StartAsync();
        var key = Convert.FromBase64String(await File.ReadAllTextAsync(Path.Combine(store.Folder, "dev-signing-key")));
        using var api = new Api(host.Address, store.Tokens);
        await api.LaunchAsync(Document(Night));
        await api.LaunchAsync(Document(Side));
        return new FuzzScene(store, host, new TestTokens(key, TimeProvider.System));
    }

    /// <summary>Rows of the journal so far.</summary>
    public Task<long> EntriesAsync() => _store.CountAsync("entries");

    /// <summary>
    /// Rows but for those that a refusal may leave although nothing changes hands: seals of batches (2), the opening of
    /// a pool or stock by whoever comes first (200, 220, 228), a shard's note that it said "empty" (202), and the
    /// intent of a draw whose limits span shards with its end (330, 331), which cancel out.
    /// </summary>
    public Task<long> DecisionsAsync() =>
        _store.CountAsync("entries where kind not in (2, 200, 202, 220, 228, 330, 331)");

    public async Task<string> ExportAsync()
    {
        var run = await _store.CommandAsync("export");
        run.ExitCode.ShouldBe(0, run.Error);
        return run.Output;
    }

    /// <summary>What the host began to do because of an accepted request has come to rest.</summary>
    public async Task<long> RestAsync()
    {
        const int Looks = 4;
        var (entries, same) = (await DecisionsAsync(), 0);
        await Eventually.ShouldBe(async () =>
        {
            var now = await DecisionsAsync();
            (entries, same) = (now, now == entries ? same + 1 : 0);
            return same == Looks;
        });
        return entries;
    }

    /// <summary>The host lives, and the books are in order.</summary>
    public async Task IsSoundAsync()
    {
        using var api = new Api(Address, _store.Tokens);
        (await api.SendAsync("GET", "/health/ready", null)).Status.ShouldBe(200);
        var audited = await _store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(0, audited.Output + audited.Error);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _store.DisposeAsync();
    }

    /// <summary>A campaign that is live now, with pools of each kind of limit, a check-in and a discount.</summary>
    public static string Document(string id) => JsonSerializer.Serialize(new
    {
        id,
        name = new { en = "Night" },
        currency = "CNY",
        timeZone = "Asia/Shanghai",
        schedule = PoolDocument.Schedule(TimeSpan.FromDays(1)),
        budget = new { cash = 3_000_000, discounts = 2_000_000 },
        activities = (object[])
        [
            Pool("rain", new { total = 1 }),
            Pool("scan", new { perDay = 3 }),
            new
            {
                id = "card",
                type = "red-packet",
                total = 40_000,
                count = 40,
                amounts = (object[])[new { amount = 1_000, count = 40 }],
                requires = (object[])[new { fact = "card-bound" }],
                perUser = new { total = 2 },
            },
            new { id = "daily", type = "check-in", everyDay = (object[])[new { kind = "points", amount = 5 }] },
            new
            {
                id = "swap",
                type = "exchange",
                cost = new { kind = "points", amount = 2 },
                rewards = (object[])[new { kind = "growth", amount = 1 }],
            },
            new
            {
                id = "dinner",
                type = "spend-discount",
                tiers = (object[])[new { spend = 10_000, off = 2_000 }],
                perUserPerDay = 5,
                stock = 200,
                merchants = (string[])["*"],
                channel = "any",
                holdFor = "PT15M",
            },
        ],
    });

    private static object Pool(string id, object perUser) => new
    {
        id,
        type = "red-packet",
        total = 500_000,
        count = 5_000,
        min = 1,
        max = 1_000,
        split = "double-mean",
        perUser,
    };
}
