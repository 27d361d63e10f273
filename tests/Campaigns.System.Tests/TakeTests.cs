using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>
/// Growing something (row 10) and lotteries (rows 4 and 5) as a front end meets them. A check-in gives growth, growth
/// is exchanged for a butterfly, a butterfly is spent on a draw.
/// </summary>
public sealed class TakeTests
{
    private const string Activities = """
        {"id": "daily", "type": "check-in", "everyDay": [{"kind": "growth", "amount": 100}]},
        {"id": "hatch", "type": "exchange", "cost": {"kind": "growth", "amount": 100},
         "rewards": [{"kind": "item", "item": "butterfly", "amount": 1}]},
        {"id": "net", "type": "lottery", "cost": {"kind": "item", "item": "butterfly", "amount": 1},
         "prizes": [{"id": "gift", "weight": 1, "stock": 1, "rewards": [{"kind": "cash", "amount": 8800}]},
                    {"id": "tea", "weight": 0, "rewards": [{"kind": "points", "amount": 5}]}],
         "fallback": "tea"},
        {"id": "word", "type": "lottery", "password": {"value": "恭喜发财", "triesPerDay": 2}, "perUser": {"perDay": 1},
         "prizes": [{"id": "none", "weight": 1, "rewards": []}], "fallback": "none"}
        """;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Growth_BecomesAButterfly_AndAButterflyADraw_AlsoWhereTheHostIsKilledInBetween(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        Answer hatched;
        await using (var host = await store.StartAsync())
        {
            using var api = new Api(host.Address, store.Tokens);
            await api.LaunchAsync(Document());
            foreach (var user in (string[])["ann", "bob"])
            {
                (await PostAsync(api, user, "daily/check-ins", "k", "{}")).Status.ShouldBe(201);
            }

            // 1. Exchange: the cost is spent and the reward is there, in one piece.
            hatched = await PostAsync(api, "ann", "hatch/exchanges", "k1", """{"quantity": 1}""");
            hatched.Status.ShouldBe(201, hatched.Body);
            hatched.Json["rewards"]!.ToJsonString().ShouldBe("""[{"kind":"item","amount":1,"item":"butterfly"}]""");
            (await BalanceAsync(api, "ann")).ShouldBe("""{"item:butterflies/butterfly":1}""");

            // 2. Without growth there is no other.
            var poor = await PostAsync(api, "ann", "hatch/exchanges", "k2", "{}");
            (poor.Status, poor.Code).ShouldBe((409, "insufficient-balance"));
            await host.KillAsync();
        }

        await using var again = await store.StartAsync();
        using var after = new Api(again.Address, store.Tokens);

        // 3. The first key has its answer still, byte for byte; with another body it is refused.
        var retried = await PostAsync(after, "ann", "hatch/exchanges", "k1", """{"quantity": 1}""");
        (retried.Status, retried.Body, retried.Replayed).ShouldBe((201, hatched.Body, true));
        var reused = await PostAsync(after, "ann", "hatch/exchanges", "k1", """{"quantity": 2}""");
        (reused.Status, reused.Code).ShouldBe((422, "key-reused"));

        // 4. The draw takes the butterfly and pays from the prize's stock; whoever comes later gets the fallback.
        var drawn = await PostAsync(after, "ann", "net/draws", "d1", "{}");
        drawn.Status.ShouldBe(201, drawn.Body);
        ((string?)drawn.Json["outcome"], (string?)drawn.Json["prize"]).ShouldBe(("won", "gift"));
        (await BalanceAsync(after, "ann")).ShouldBe("""{"cash":8800}""");
        var none = await PostAsync(after, "bob", "net/draws", "d1", "{}");
        (none.Status, none.Code).ShouldBe((409, "insufficient-balance"));
        (await PostAsync(after, "bob", "hatch/exchanges", "k1", "{}")).Status.ShouldBe(201);
        var tea = await PostAsync(after, "bob", "net/draws", "d1", "{}");
        ((string?)tea.Json["prize"], (long?)tea.Json["rewards"]![0]!["amount"]).ShouldBe(("tea", 5), tea.Body);
        (await PostAsync(after, "bob", "net/draws", "d1", "{}")).Body.ShouldBe(tea.Body);

        // 5. All of it is in the ledger.
        var statement = await after.SendAsync("GET", "/v1/me/transfers", after.Tokens.User("ann"));
        statement.Json["items"]!.AsArray().Select(item => (string?)item!["reason"])
            .ShouldBe(["reward", "cost", "reward", "cost", "check-in"], ignoreOrder: true);
        var audited = await store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(0, audited.Output + audited.Error);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Password_OpensTheLottery_AndIsNeverShown(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        await api.LaunchAsync(Document());

        (await SayAsync("ann", "k1", "shut")).Code.ShouldBe("wrong-password");
        (await SayAsync("ann", "k2", "恭喜发财")).Status.ShouldBe(201);
        (await SayAsync("ann", "k3", "恭喜发财")).Code.ShouldBe("quota-exceeded");
        (await SayAsync("bob", "k1", "a")).Code.ShouldBe("wrong-password");
        (await SayAsync("bob", "k2", "b")).Code.ShouldBe("wrong-password");
        (await SayAsync("bob", "k3", "恭喜发财")).Code.ShouldBe("quota-exceeded");
        var shown = await api.SendAsync("GET", "/v1/campaigns/butterflies", null);
        shown.Body.ShouldNotContain("恭喜发财");
        shown.Json["activities"]!.AsArray().Single(activity => (string?)activity!["id"] == "net")!["odds"]!
            .ToJsonString().ShouldBe(
                """[{"prize":"gift","weight":1,"total":1},{"prize":"tea","weight":0,"total":1}]""");

        Task<Answer> SayAsync(string user, string key, string word) =>
            PostAsync(api, user, "word/draws", key, $$"""{"password": "{{word}}"}""");
    }

    private static string Document() => NightDocument.With(
        "butterflies", """{"items": {"butterfly": {"form": "token"}}}""", Activities);

    private static Task<Answer> PostAsync(Api api, string user, string path, string key, string body) => api.SendAsync(
        "POST", "/v1/campaigns/butterflies/activities/" + path, api.Tokens.User(user), body, key);

    private static async Task<string> BalanceAsync(Api api, string user) =>
        (await api.SendAsync("GET", "/v1/me", api.Tokens.User(user))).Json["balances"]!.ToJsonString();
}
