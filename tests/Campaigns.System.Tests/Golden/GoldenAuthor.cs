using System.Globalization;
using System.Text.Json.Nodes;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Golden;

/// <summary>Lives through two campaigns in such a way that every kind of entry is written that a host writes.</summary>
internal sealed class GoldenAuthor(Store store, Api api)
{
    private const string Over = "over";
    private const string Live = "live";
    private static readonly string[] Users = [.. Enumerable.Range(1, 8).Select(user => $"user-{user}")];
    private readonly List<GoldenStep> _steps = [];
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

    /// <summary>How far the host's clock is ahead.</summary>
    private TimeSpan _ahead;

    /// <summary>Requests whose answers will never change, in an order in which they may be sent again.</summary>
    public async Task<(IReadOnlyList<GoldenStep> Steps, DateTimeOffset End)> WriteAsync()
    {
        await LaunchWithDetoursAsync(Over);
        var live = Document(Live);
        await api.LaunchAsync(live);
        await FactsAsync();
        foreach (var campaign in (string[])[Over, Live])
        {
            await DayAsync(campaign);
        }

        await ReviseAsync(live);
        await JumpAsync(TimeSpan.FromMinutes(25));
        foreach (var user in Users)
        {
            await DrawAsync(user, Over, "rain", "second");
            await DrawAsync(user, Live, "rain", "second");
        }

        await JumpAsync(TimeSpan.FromHours(1));
        await ExpectAsync("GET", "/v1/partner/discounts/over-expires", "partner", "shop", null, null, 200);
        (await api.OperateAsync(Over, "end")).Status.ShouldBe(200);
        await Eventually.ShouldBe(
            async () => (await store.CommandAsync("export", "--stream", $"campaign/{Over}")).Output
                .Contains("PoolsSettled", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60));
        return (await AgainAsync(), DateTimeOffset.UtcNow + _ahead);
    }

    private string Document(string id)
    {
        var document = JsonNode.Parse(NightDocument.Json())!;
        document["id"] = id;
        var rain = document["activities"]![0]!;
        rain["count"] = 12;
        rain["total"] = 1_200;
        rain["max"] = 400;
        rain["shards"] = 2;
        rain["perUser"] = new JsonObject { ["total"] = 1 };
        rain["rounds"] = new JsonArray(Round("r1", -10, 10, 4), Round("r2", 20, 40, 8));
        document["activities"]![1]!["everyDay"]!.AsArray().Add(new JsonObject { ["kind"] = "growth", ["amount"] = 1 });
        document["activities"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "bag",
            ["type"] = "red-packet",
            ["total"] = 500,
            ["count"] = 5,
            ["min"] = 1,
            ["max"] = 200,
            ["split"] = "double-mean",
            ["perUser"] = new JsonObject { ["perDay"] = 1 },
        });
        document["activities"]!.AsArray().Add(JsonNode.Parse("""
            {"id": "swap", "type": "exchange", "cost": {"kind": "growth", "amount": 1}, "stock": 1,
             "rewards": [{"kind": "points", "amount": 2}, {"kind": "points", "amount": 1}]}
            """));
        document["activities"]!.AsArray().Add(JsonNode.Parse("""
            {"id": "word", "type": "lottery", "password": {"value": "open"}, "fallback": "tea",
             "prizes": [{"id": "tea", "weight": 1, "rewards": [{"kind": "points", "amount": 1}]}]}
            """));
        return document.ToJsonString();
    }

    private JsonObject Round(string id, int from, int until, int count) => new()
    {
        ["id"] = id,
        ["from"] = Text(_start.AddMinutes(from)),
        ["until"] = Text(_start.AddMinutes(until)),
        ["count"] = count,
    };

    private static string Text(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private async Task LaunchWithDetoursAsync(string campaign)
    {
        var olga = api.Tokens.Operator("olga");
        (await api.SendAsync("POST", "/v1/ops/campaigns", olga, Document(campaign))).Status.ShouldBe(201);
        var replaced = await api.SendAsync(
            "PUT", $"/v1/ops/campaigns/{campaign}", olga, Document(campaign), ifMatch: "\"1\"");
        replaced.Status.ShouldBe(200, replaced.Body);
        foreach (var (verb, who) in ((string Verb, string Who)[])
            [("submit", "olga"), ("reject", "oscar"), ("submit", "olga"), ("approve", "oscar"), ("pause", "olga"),
            ("resume", "olga")])
        {
            var done = await api.OperateAsync(campaign, verb, who);
            done.Status.ShouldBe(200, verb + done.Body);
        }

        await Eventually.ShouldBe(async () =>
            (string?)(await api.SendAsync("GET", $"/v1/campaigns/{campaign}", null)).Json["phase"] == "live");
    }

    /// <summary>More budget in the middle of the campaign, written by one operator and approved by another.</summary>
    private async Task ReviseAsync(string live)
    {
        var document = JsonNode.Parse(live)!;
        var cash = document["budget"]!["cash"]!;
        document["budget"]!["cash"] = (long)cash + 1_000;
        var revised = await api.SendAsync(
            "PUT", $"/v1/ops/campaigns/{Live}", api.Tokens.Operator("olga"), document.ToJsonString(), ifMatch: "\"1\"");
        revised.Status.ShouldBe(200, revised.Body);
        var approved = await api.OperateAsync(Live, "approve", "oscar");
        approved.Status.ShouldBe(200, approved.Body);
    }

    private Task FactsAsync() => ExpectAsync(
        "PUT", $"/v1/partner/users/{Users[0]}/facts", "partner", "shop", null,
        """{"version": 3, "tags": ["vip"], "facts": {"card-bound": true}}""", 200);

    private async Task DayAsync(string campaign)
    {
        foreach (var user in Users)
        {
            await DrawAsync(user, campaign, "rain", "first");
            await DrawAsync(user, campaign, "bag", "bag");
        }

        foreach (var user in Users[..3])
        {
            await ExpectAsync(
                "POST", $"/v1/campaigns/{campaign}/activities/daily/check-ins", "user", user, "day", "{}", 201);
        }

        foreach (var user in Users[..2])
        {
            await ExpectAsync(
                "POST", $"/v1/campaigns/{campaign}/activities/swap/exchanges", "user", user, "swap", "{}",
                status: null);
        }

        foreach (var word in (string[])["shut", "open"])
        {
            await ExpectAsync(
                "POST", $"/v1/campaigns/{campaign}/activities/word/draws", "user", Users[0], word,
                $$"""{"password": "{{word}}"}""", status: null);
        }

        await ReserveAsync(campaign, "returns", Users[0]);
        await OrderAsync(campaign, "returns", "confirm", """{"paymentId": "payment-1", "paid": 8000}""");
        await OrderAsync(campaign, "returns", "refund", """{"refundId": "refund-1", "amount": 3000}""");
        await OrderAsync(campaign, "returns", "refund", """{"refundId": "refund-2", "amount": 5000}""");
        await ReserveAsync(campaign, "pays", Users[0]);
        await OrderAsync(campaign, "pays", "confirm", """{"paymentId": "payment-2", "paid": 8000}""");
        await ReserveAsync(campaign, "cancels", Users[1]);
        await OrderAsync(campaign, "cancels", "cancel", "{}");
        await ReserveAsync(campaign, "expires", Users[2]);
        await OrderAsync(campaign, "never-came", "cancel", "{}");
    }

    private Task ReserveAsync(string campaign, string order, string user) => ExpectAsync(
        "POST", "/v1/partner/discounts", "partner", "shop", null,
        $$"""
        {"orderId": "{{campaign}}-{{order}}", "userId": "{{user}}", "merchantId": "noodles",
         "campaignId": "{{campaign}}", "activityId": "dinner", "amount": 10000}
        """,
        201);

    private Task OrderAsync(string campaign, string order, string verb, string body) => ExpectAsync(
        "POST", $"/v1/partner/discounts/{campaign}-{order}/{verb}", "partner", "shop", null, body, 200);

    private Task DrawAsync(string user, string campaign, string activity, string key) => ExpectAsync(
        "POST", $"/v1/campaigns/{campaign}/activities/{activity}/draws", "user", user, key, "{}", status: null);

    /// <param name="status">Null where a refusal is as good.</param>
    private async Task ExpectAsync(
        string method, string path, string audience, string who, string? key, string? request, int? status)
    {
        var step = new GoldenStep(method, path, audience, who, key, request, 0, string.Empty);
        var answer = await step.SendAsync(api);
        answer.Status.ShouldBe(status ?? answer.Status, path + answer.Body);
        answer.Definite.ShouldBeTrue(answer.Body);
        if (answer.Status < 300)
        {
            _steps.Add(step);
        }
    }

    private async Task JumpAsync(TimeSpan by)
    {
        _ahead += by;
        await store.SetClockAsync(_ahead);
        await Eventually.ShouldBe(async () =>
            (DateTimeOffset)(await api.SendAsync("GET", $"/v1/campaigns/{Live}", null)).Json["serverTime"]!
            >= _start + _ahead);
    }

    /// <summary>All of it a second time, and what everybody has in the end.</summary>
    private async Task<IReadOnlyList<GoldenStep>> AgainAsync()
    {
        var views = Users.SelectMany(user => (GoldenStep[])
            [
                new("GET", "/v1/me", "user", user, null, null, 0, string.Empty),
                new("GET", "/v1/me/transfers", "user", user, null, null, 0, string.Empty),
            ]);
        var again = new List<GoldenStep>();
        foreach (var step in _steps.Concat(views).ToList())
        {
            var answer = await step.SendAsync(api);
            answer.Status.ShouldBeLessThan(300, step.Path + answer.Body);
            again.Add(step with { Status = answer.Status, Body = answer.Body });
        }

        return again;
    }
}
