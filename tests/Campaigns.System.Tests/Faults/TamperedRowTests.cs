using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Faults;

/// <summary>A running host meets a row that somebody has changed: the stream stands still, all others go on.</summary>
public sealed class TamperedRowTests
{
    private const string Rain = "rain";

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task RowChangedUnderARunningHost_HaltsItsStreamAlone(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        await using (var first = await store.StartAsync())
        {
            using var before = new Api(first.Address, store.Tokens);
            await before.LaunchAsync(NightDocument.Json());
            (await before.DrawAsync("ann", "k", NightDocument.Id, Rain)).Status.ShouldBe(201);
            (await CheckInAsync(before, "bob")).Status.ShouldBe(201);
            (await first.StopAsync()).ShouldBe(0, first.Log);
        }

        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        (await store.ExecuteAsync("update entries set amount = amount + 1 where kind = 201")).ShouldBe(1);

        IsHalted(await api.DrawAsync("carl", "k", NightDocument.Id, Rain));
        IsHalted(await api.DrawAsync("ann", "k", NightDocument.Id, Rain));
        IsHalted(await api.SendAsync("GET", "/v1/me", api.Tokens.User("ann")));
        (await api.SendAsync("GET", "/v1/me", api.Tokens.User("bob"))).Status.ShouldBe(200);
        (await CheckInAsync(api, "carl")).Status.ShouldBe(201);
        (await ReserveAsync(api, "carl")).Status.ShouldBe(201);
        await api.LaunchAsync(PoolDocument.Of("sound", count: 10, total: 1000));
        (await api.DrawAsync("carl", "k", "sound", PoolDocument.Pool)).Status.ShouldBe(201);
        (await Reckoning.MetricAsync(api, "campaigns_journal_damaged_total")).ShouldBeGreaterThanOrEqualTo(3);
        host.Log.ShouldContain("does not have the chain of its content");
        var audited = await store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(1, audited.Output);
        audited.Output.ShouldContain($"pool/{NightDocument.Id}/{Rain}/0");

        (await store.ExecuteAsync(
            "update entries set amount = amount - 1 where kind = 201 and at = "
            + "(select min(at) from entries where kind = 201)")).ShouldBe(1);
        await Eventually.ShouldBe(
            async () => (await api.DrawAsync("carl", "k", NightDocument.Id, Rain)).Status == 201);
        (await api.DrawAsync("ann", "k", NightDocument.Id, Rain)).Replayed.ShouldBeTrue();
        await Reckoning.IsBalancedAsync(store);
    }

    [Fact]
    public async Task RowThatCannotBeRead_HaltsItsStreamAlone_AndIsNamedByTheAudit()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        await using (var first = await store.StartAsync())
        {
            using var before = new Api(first.Address, store.Tokens);
            await before.LaunchAsync(NightDocument.Json());
            (await before.DrawAsync("ann", "k", NightDocument.Id, Rain)).Status.ShouldBe(201);
            (await CheckInAsync(before, "bob")).Status.ShouldBe(201);
            (await first.StopAsync()).ShouldBe(0, first.Log);
        }

        (await store.ExecuteAsync("update entries set chain = x'00' where kind = 201")).ShouldBe(1);
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);

        var answers = await Task.WhenAll(
            api.DrawAsync("carl", "k", NightDocument.Id, Rain),
            api.SendAsync("GET", "/v1/me", api.Tokens.User("bob")),
            CheckInAsync(api, "carl"));

        IsHalted(answers[0]);
        answers[1..].Select(answer => answer.Status).ShouldBe([200, 201]);
        host.Log.ShouldContain("does not have the chain of its content");
        var audited = await store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(1, audited.Output);
        audited.Output.ShouldContain($"pool/{NightDocument.Id}/{Rain}/0 version 2: Unreadable");
    }

    private static void IsHalted(Answer answer) =>
        (answer.Status, answer.RetryAfter).ShouldBe((503, true), answer.Body);

    private static Task<Answer> CheckInAsync(Api api, string user) => api.SendAsync(
        "POST", $"/v1/campaigns/{NightDocument.Id}/activities/daily/check-ins", api.Tokens.User(user), "{}");

    private static Task<Answer> ReserveAsync(Api api, string user) => api.SendAsync(
        "POST",
        "/v1/partner/discounts",
        api.Tokens.Partner("shop"),
        $$"""
        {"orderId": "order-{{user}}", "userId": "{{user}}", "merchantId": "m", "campaignId": "{{NightDocument.Id}}",
         "activityId": "dinner", "amount": 10000}
        """);
}
