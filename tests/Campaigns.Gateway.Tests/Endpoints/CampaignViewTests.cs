using Campaigns.Contracts;
using Campaigns.Gateway.Tests.Hosts;

namespace Campaigns.Gateway.Tests.Endpoints;

public sealed class CampaignViewTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private DateTimeOffset Now => host.Time.GetUtcNow();

    [Fact]
    public async Task PublicView_NeedsNoToken_AndTellsPhasesAndSeedHashes()
    {
        var answer = await host.Client.GetAsync("/v1/campaigns/night");

        answer.Status.ShouldBe(200, answer.Text);
        var view = answer.Json;
        ((string?)view["phase"]).ShouldBe("live");
        ((string?)view["name"]!["zh-CN"]).ShouldBe("跨年夜");
        answer.Text.ShouldContain("跨年夜", customMessage: "Chinese is not escaped");
        ((DateTimeOffset)view["serverTime"]!).ShouldBe(Now);
        ((DateTimeOffset)view["startsAt"]!).ShouldBe(Now.AddHours(-1));
        var rain = view["activities"]!.AsArray().Single(activity => (string?)activity!["id"] == "rain")!;
        ((string?)rain["type"]).ShouldBe("red-packet");
        ((string?)rain["seedHash"]).ShouldBe(TestCampaigns.Hash);
        rain["seed"].ShouldBeNull();
        var rounds = view["activities"]!.AsArray().Single(activity => (string?)activity!["id"] == "rounds")!;
        rounds["seedHash"].ShouldBeNull();
        rounds["rounds"]!.AsArray().Select(round => (string?)round!["seedHash"])
            .ShouldBe([TestCampaigns.Hash, TestCampaigns.Hash]);
    }

    [Fact]
    public async Task List_HoldsWarmUpAndLiveOnly_InPages()
    {
        var night = TestCampaigns.Night(Now);
        host.Cluster.Put(night with { CampaignId = "a-warm-up", Start = Now.AddHours(1) });
        host.Cluster.Put(night with { CampaignId = "b-paused", Lifecycle = Lifecycle.Paused });
        host.Cluster.Put(night with { CampaignId = "c-ended", End = Now.AddMinutes(-1) });
        host.Cluster.Put(night with { CampaignId = "d-draft", Lifecycle = Lifecycle.Draft });
        host.Cluster.Put(night with { CampaignId = "e-later", WarmUp = Now.AddHours(1), Start = Now.AddHours(2) });
        await host.CatchUpAsync();

        var first = await host.Client.GetAsync("/v1/campaigns?limit=1");
        var second = await host.Client.GetAsync($"/v1/campaigns?limit=1&cursor={(string?)first.Json["next"]}");

        ((string?)first.Json["items"]![0]!["id"]).ShouldBe("a-warm-up");
        ((string?)second.Json["items"]![0]!["id"]).ShouldBe("night");
        second.Text.ShouldEndWith("\"next\":null}");
        (await host.Client.GetAsync("/v1/campaigns")).Json["items"]!.AsArray().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(Lifecycle.Draft, 404)]
    [InlineData(Lifecycle.InReview, 404)]
    [InlineData(Lifecycle.Approved, 200)]
    [InlineData(Lifecycle.Paused, 200)]
    [InlineData(Lifecycle.Ended, 200)]
    public async Task View_IsThereFromApprovalOn(Lifecycle lifecycle, int status)
    {
        var id = "state-" + (int)lifecycle;
        var night = TestCampaigns.Night(Now);
        var over = night with { End = Now.AddMinutes(-1), Activities = [] };
        host.Cluster.Put(over with { CampaignId = id, Lifecycle = lifecycle });

        (await host.Client.GetAsync("/v1/campaigns/" + id)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task SeedsOfAnEndedCampaign_AreFetched_AtMostOnceASecondUntilTheyAreThere()
    {
        var seed = new string('5', 64);
        var night = TestCampaigns.Night(Now);
        var rain = night.Activities[0];
        var ended = night with { CampaignId = "over", Version = 9, End = Now.AddMinutes(-1), Activities = [rain] };
        var revealed = ended with { Activities = [rain with { Rounds = [TestCampaigns.Round("main", Now, seed)] }] };
        host.Cluster.Put(ended);
        await host.CatchUpAsync();
        var read = host.Cluster.SummaryReads;

        for (var i = 0; i < 5; i++)
        {
            (await SeedAsync()).ShouldBeNull();
        }

        (host.Cluster.SummaryReads - read).ShouldBe(1);
        host.Cluster.OnSummary = id => id == "over" ? revealed : null;
        host.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
        {
            (await SeedAsync()).ShouldBe(seed);
            host.Time.Advance(TimeSpan.FromSeconds(2));
        }

        (host.Cluster.SummaryReads - read).ShouldBe(2);
        host.Cluster.OnSummary = null;
    }

    [Fact]
    public async Task UnconfirmedCampaigns_AreNotShown()
    {
        host.Cluster.BeforeChanges = () => throw new TimeoutException("the database is gone");
        try
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));

            var answer = await host.Client.GetAsync("/v1/campaigns/night");

            (answer.Status, answer.Code).ShouldBe((503, "overloaded"));
            answer.Headers["Retry-After"].ShouldBe("1");
        }
        finally
        {
            host.Cluster.BeforeChanges = null;
        }

        (await host.Client.GetAsync("/v1/campaigns/night")).Status.ShouldBe(200);
    }

    private async Task<string?> SeedAsync() =>
        (string?)(await host.Client.GetAsync("/v1/campaigns/over")).Json["activities"]![0]!["seed"];
}
