using Campaigns.Contracts;
using Campaigns.Gateway.Tests.Hosts;

namespace Campaigns.Gateway.Tests.Endpoints;

/// <summary>Exchanges and draws of lotteries.</summary>
public sealed class TakeTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const string Exchanges = "/v1/campaigns/night/activities/hatch/exchanges";
    private const string Draws = "/v1/campaigns/night/activities/wheel/draws";

    private static readonly (string, string) Key = ("Idempotency-Key", "k-1");

    private static readonly TakeResult Result = new(
        "", 2, [new Reward("item", 2, Item: "butterfly")], null, 1, 0, 1, 7, new string('c', 32),
        new DateTimeOffset(2026, 12, 31, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Exchange_IsAskedOfTheUsersGrain_AndShown()
    {
        TakeCommand? asked = null;
        host.Cluster.OnTake = (user, command) =>
        {
            user.ShouldBe("u-1");
            asked = command;
            return Task.FromResult(new TakeReply(Outcome.Done, Result));
        };

        var answer = await host.Client.SendAsync("POST", Exchanges, host.Tokens.User(), "{\"quantity\":2}", Key);

        answer.Status.ShouldBe(201, answer.Text);
        answer.Text.ShouldBe(
            """
            {"exchangeId":"zMzMzMzMzMzMzMzMzMzMzA","quantity":2,
            "rewards":[{"kind":"item","amount":2,"item":"butterfly"}]}
            """.ReplaceLineEndings(""));
        (asked!.CampaignId, asked.ActivityId, asked.Quantity, asked.Password).ShouldBe(("night", "hatch", 2, null));
    }

    [Fact]
    public async Task Exchange_WithoutABody_IsOfOnePiece()
    {
        host.Cluster.OnTake = (_, command) =>
        {
            command.Quantity.ShouldBe(1);
            return Task.FromResult(new TakeReply(Outcome.Done, Result, Replayed: true));
        };

        var answer = await host.Client.SendAsync("POST", Exchanges, host.Tokens.User(), null, Key);

        (answer.Status, answer.Replayed).ShouldBe((201, true));
    }

    [Theory]
    [InlineData("{\"quantity\":0}")]
    [InlineData("{\"quantity\":1001}")]
    [InlineData("{\"quantity\":-1}")]
    public async Task QuantityOutOfBounds_IsRefused(string body)
    {
        var answer = await host.Client.SendAsync("POST", Exchanges, host.Tokens.User(), body, Key);

        (answer.Status, answer.Code).ShouldBe((400, "invalid"));
        answer.Json["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe("$.quantity");
    }

    [Fact]
    public async Task ExchangeWithoutAKey_AndOfAnotherType_AreRefused()
    {
        (await host.Client.SendAsync("POST", Exchanges, host.Tokens.User(), "{}")).Code
            .ShouldBe("idempotency-key-required");
        (await host.Client.SendAsync(
            "POST", Exchanges.Replace("hatch", "wheel", StringComparison.Ordinal), host.Tokens.User(), "{}", Key))
            .Status.ShouldBe(404);
    }

    [Fact]
    public async Task LotteryDraw_ShowsPrizeAndReceipt_AndNothingWhereNothingIsWon()
    {
        host.Cluster.OnTake = (_, command) => Task.FromResult(new TakeReply(
            Outcome.Done,
            Result with { Choice = "tea", Quantity = 1, Rewards = [], Segment = "vip", Ordinal = 3 }));

        var answer = await host.Client.SendAsync("POST", Draws, host.Tokens.User(), "{\"password\":\"open\"}", Key);

        answer.Status.ShouldBe(201, answer.Text);
        answer.Text.ShouldBe(
            """
            {"drawId":"zMzMzMzMzMzMzMzMzMzMzA","outcome":"nothing","prize":"tea","rewards":[],
            "receipt":{"entry":7,"segment":"vip","factsVersion":0,"definitionVersion":1,
            "chain":"cccccccccccccccccccccccccccccccc","at":"2026-12-31T12:00:00+00:00","ordinal":3}}
            """.ReplaceLineEndings(""));
    }

    [Theory]
    [InlineData(Outcome.WrongPassword, "wrong-password")]
    [InlineData(Outcome.NoChance, "no-chance")]
    [InlineData(Outcome.Exhausted, "exhausted")]
    public async Task Refusals_AreToldByTheirCode(Outcome outcome, string code)
    {
        host.Cluster.OnTake = (_, _) => Task.FromResult(new TakeReply(outcome, Detail: "why"));

        var answer = await host.Client.SendAsync("POST", Draws, host.Tokens.User(), "{}", Key);

        (answer.Status, answer.Code, (string?)answer.Json["detail"]).ShouldBe((409, code, "why"));
    }

    [Fact]
    public async Task RoundOfALottery_AndATooLongPassword_AreRefused()
    {
        var round = await host.Client.SendAsync("POST", Draws, host.Tokens.User(), "{\"round\":\"r20\"}", Key);
        var word = await host.Client.SendAsync(
            "POST", Draws, host.Tokens.User(), $"{{\"password\":\"{new string('x', 101)}\"}}", Key);

        round.Json["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe("$.round");
        word.Json["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe("$.password");
    }

    [Fact]
    public async Task PublicView_HasTheOdds()
    {
        var answer = await host.Client.GetAsync("/v1/campaigns/night");

        var wheel = answer.Json["activities"]!.AsArray().Single(activity => (string?)activity!["id"] == "wheel")!;
        wheel["odds"]!.AsArray()[0]!.ToJsonString().ShouldBe(
            """{"prize":"phone","weight":1,"total":100,"bySegment":{"vip":{"weight":3,"total":102}}}""");
    }
}
