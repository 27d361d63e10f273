using Campaigns.Contracts;
using Campaigns.Gateway.Tests.Hosts;

namespace Campaigns.Gateway.Tests.Endpoints;

public sealed class MeTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Me_ShowsBalancesByUnit()
    {
        host.Cluster.OnGetUser = user => Task.FromResult(new UserReply(
            Outcome.Done, [new Balance("points", 20), new Balance("cash", 888)], [new Balance("cash", 3)]));

        var answer = await host.Client.GetAsync("/v1/me", host.Tokens.User("u-9"));

        answer.Text.ShouldBe(
            """{"userId":"u-9","balances":{"cash":888,"points":20},"debts":{"cash":3},"level":null,"medals":[]}""");
        host.Cluster.Calls.ShouldContain("user u-9 Get");
    }

    [Fact]
    public async Task MyCampaign_ShowsWhatEachTypeHas()
    {
        host.Cluster.OnGetUserCampaign = (_, campaign) => Task.FromResult(new UserCampaignReply(Outcome.Done,
        [
            new UserActivity { Id = "daily", Streak = 6, CheckedInToday = false },
            new UserActivity { Id = "rain", HasDraws = true, DrawsLeftTotal = 1 },
            new UserActivity { Id = "dinner", QuotaLeft = 2 },
        ]));

        var answer = await host.Client.GetAsync("/v1/me/campaigns/night", host.Tokens.User());

        answer.Text.ShouldBe(
            """
            {"activities":{"daily":{"streak":6,"checkedInToday":false},
            "rain":{"drawsLeft":{"today":null,"total":1}},"dinner":{"quotaLeft":2}}}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Transfers_PassLimitAndCursorOn()
    {
        TransferRequest? asked = null;
        host.Cluster.OnGetTransfers = (_, request) =>
        {
            asked = request;
            var at = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
            var transfer = new Transfer("t-1", "cash", 88, "pool", "user", "draw", "night", null, at);
            return Task.FromResult(new TransferPage(Outcome.Done, [transfer], "c-2"));
        };

        var answer = await host.Client.GetAsync("/v1/me/transfers?limit=200&cursor=c-1", host.Tokens.User());

        asked.ShouldBe(new TransferRequest("c-1", 200));
        answer.Text.ShouldBe(
            """
            {"items":[{"id":"t-1","unit":"cash","amount":88,"from":"pool","to":"user","reason":"draw",
            "campaign":"night","at":"2027-01-01T00:00:00+00:00"}],"next":"c-2"}
            """.ReplaceLineEndings(""));
        await host.Client.GetAsync("/v1/me/transfers", host.Tokens.User());
        asked.ShouldBe(new TransferRequest(null, 50));
    }

    [Fact]
    public async Task CursorThatTheGrainDoesNotKnow_IsInvalid()
    {
        host.Cluster.OnGetTransfers = (_, _) => Task.FromResult(new TransferPage(Outcome.Invalid, [], null));

        var answer = await host.Client.GetAsync("/v1/me/transfers?cursor=x", host.Tokens.User());

        (answer.Status, answer.Code).ShouldBe((400, "invalid"));
        answer.Json["errors"]!["cursor"].ShouldNotBeNull();
    }

    [Fact]
    public async Task GrainWithoutAnswer_Is503AfterItsTime()
    {
        var asked = new TaskCompletionSource();
        host.Cluster.OnGetUser = _ =>
        {
            asked.SetResult();
            return new TaskCompletionSource<UserReply>().Task;
        };

        var answer = host.Client.GetAsync("/v1/me", host.Tokens.User());
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        while (!answer.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        (await answer).Code.ShouldBe("overloaded");
    }
}
