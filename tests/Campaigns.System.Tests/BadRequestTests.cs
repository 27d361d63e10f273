using Campaigns.Gateway.Tests.BadRequests;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>The gateway's table of bad requests against a live host: all are refused, and nothing changes.</summary>
public sealed class BadRequestTests
{
    private const string PartnerKey = "Campaigns__Gateway__Auth__PartnerKeys__" + Scene.PartnerKeyId;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task BadRequests_AreRefusedAsTheTableSays_AndChangeNothing(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        store.Settings[PartnerKey + "__Partner"] = "shop";
        store.Settings[PartnerKey + "__Secret"] = Convert.ToBase64String(Scene.PartnerSecret);
        store.Settings[PartnerKey + "__Merchants__0"] = "m-1";
        store.Settings["Campaigns__Gateway__Limits__BodyTimeout"] = "00:00:01";
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        await api.LaunchAsync(NightDocument.Json());
        var before = (await store.CommandAsync("export")).Output;

        var key = Convert.FromBase64String(await File.ReadAllTextAsync(Path.Combine(store.Folder, "dev-signing-key")));
        var scene = new Scene(host.Address, new TestTokens(key, TimeProvider.System));
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var faults = new List<string>();
        foreach (var request in BadRequestTable.All)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(bound.Token);
            patience.CancelAfter(Patience);
            if (await request.TryAsync(scene, () => { }, patience.Token) is { } fault)
            {
                faults.Add($"{request.Name}: {fault}");
            }
        }

        faults.ShouldBeEmpty();
        BadRequestTable.All.Count.ShouldBeGreaterThanOrEqualTo(60);
        before.ShouldContain("CampaignApproved");
        (await store.CommandAsync("export")).Output.ShouldBe(before);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task ReusedKeyOrOrder_WithAnotherBody_IsRefused_AndChangesNothing(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        await api.LaunchAsync(NightDocument.Json());
        var (user, partner) = (store.Tokens.User("ann"), store.Tokens.Partner("shop"));
        const string Draws = $"/v1/campaigns/{NightDocument.Id}/activities/rain/draws";
        (await api.SendAsync("POST", Draws, user, "{}", "k")).Status.ShouldBe(201);
        (await api.SendAsync("POST", "/v1/partner/discounts", partner, Order(10_000))).Status.ShouldBe(201);
        var before = (await store.CommandAsync("export")).Output;

        var draw = await api.SendAsync("POST", Draws, user, """{"round": "main"}""", "k");
        var order = await api.SendAsync("POST", "/v1/partner/discounts", partner, Order(20_000));

        (draw.Status, draw.Code).ShouldBe((422, "key-reused"));
        (order.Status, order.Code).ShouldBe((422, "key-reused"));
        (await store.CommandAsync("export")).Output.ShouldBe(before);
    }

    private static string Order(long amount) =>
        $$"""
        {"orderId": "o-1", "userId": "ann", "merchantId": "m", "campaignId": "night", "activityId": "dinner",
         "amount": {{amount}}}
        """;
}
