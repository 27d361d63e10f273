using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>One user's quota under reservations that arrive at the same time.</summary>
public sealed class DiscountTests
{
    private const int Together = 50;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task FiftyReservationsAtOnce_TakeExactlyTheQuota_AndAfterwardsExactlyWhatCancelsGaveBack(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        List<string> first;
        List<string> second;
        await using (var host = await store.StartAsync())
        {
            using var api = new Api(host.Address, store.Tokens);
            await api.LaunchAsync(NightDocument.Json());
            first = await FiftyAtOnceAsync(api, "first");
            first.Count.ShouldBe(2);
            await CancelAsync(api, first[0]);
            second = await FiftyAtOnceAsync(api, "second");
            second.Count.ShouldBe(1);
            await BalancesAsync(api, held: 2);
            await host.KillAsync();
        }

        await using var again = await store.StartAsync();
        using var after = new Api(again.Address, store.Tokens);
        (await FiftyAtOnceAsync(after, "third")).ShouldBeEmpty();
        await Task.WhenAll(CancelAsync(after, first[1]), CancelAsync(after, second[0]));
        await BalancesAsync(after, held: 0);
        (await FiftyAtOnceAsync(after, "fourth")).Count.ShouldBe(2);
        await BalancesAsync(after, held: 2);
        var audited = await store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(0, audited.Output + audited.Error);
    }

    /// <summary>The orders that were reserved; all others are told that the quota is used up.</summary>
    private static async Task<List<string>> FiftyAtOnceAsync(Api api, string prefix)
    {
        var orders = Enumerable.Range(0, Together).Select(order => $"{prefix}-{order}").ToList();
        var answers = await Task.WhenAll(orders.Select(order => ReserveAsync(api, order)));
        answers.Where(answer => answer.Status != 201)
            .ShouldAllBe(answer => answer.Status == 409 && answer.Code == "quota-exceeded");
        answers.Where(answer => answer.Status == 201).ShouldAllBe(answer => (long)answer.Json["off"]! == 2_000);
        return [.. orders.Where((_, index) => answers[index].Status == 201)];
    }

    private static Task<Answer> ReserveAsync(Api api, string order) => api.SendAsync(
        "POST",
        "/v1/partner/discounts",
        api.Tokens.Partner("shop"),
        $$"""
        {"orderId": "{{order}}", "userId": "ann", "merchantId": "m", "campaignId": "{{NightDocument.Id}}",
         "activityId": "dinner", "amount": 10000}
        """);

    private static async Task CancelAsync(Api api, string order)
    {
        var partner = api.Tokens.Partner("shop");
        var answer = await api.SendAsync("POST", $"/v1/partner/discounts/{order}/cancel", partner, "{}");
        (answer.Status, (string?)answer.Json["state"]).ShouldBe((200, "cancelled"), answer.Body);
    }

    private static async Task BalancesAsync(Api api, int held)
    {
        var path = $"/v1/ops/campaigns/{NightDocument.Id}/audit";
        var audit = await api.SendAsync("GET", path, api.Tokens.Operator("olga"));
        ((bool?)audit.Json["balanced"]).ShouldBe(true, audit.Body);
        var stock = audit.Json["accounts"]!.AsArray().Single(account =>
            (string?)account!["unit"] == "pieces" && (string?)account["account"] != NightDocument.Id)!;
        ((long)stock["held"]!, (long)stock["remaining"]!).ShouldBe((held, 10 - held), audit.Body);
    }
}
