using System.Text;
using Campaigns.Contracts;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Tests.BadRequests;
using Campaigns.Gateway.Tests.Hosts;

namespace Campaigns.Gateway.Tests.Endpoints;

public sealed class PartnerTests(GatewayHost host) : IClassFixture<GatewayHost>, IAsyncLifetime
{
    private const string Discounts = "/v1/partner/discounts";

    private const string Reserve = """
        {"orderId":"o-1","userId":"u-1","merchantId":"m-1",
        "campaignId":"night","activityId":"dinner","amount":10000}
        """;

    private static readonly DateTimeOffset Expiry = new(2027, 2, 5, 12, 15, 0, TimeSpan.Zero);

    private string Token => host.Tokens.Partner();

    public Task InitializeAsync()
    {
        host.Cluster.Calls.Clear();
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Reserve_Is201_AndItsReplayTheSameBytes_WhateverBecameOfTheOrder()
    {
        Answer(OrderState.Reserved);
        var first = await host.Client.SendAsync("POST", Discounts, Token, Reserve);
        Answer(OrderState.Refunded, replayed: true);
        var again = await host.Client.SendAsync("POST", Discounts, Token, Reserve);

        first.Status.ShouldBe(201, first.Text);
        first.Text.ShouldBe(
            """{"orderId":"o-1","off":2000,"pay":8000,"expiresAt":"2027-02-05T12:15:00+00:00","state":"reserved"}""");
        (again.Status, again.Text, again.Replayed).ShouldBe((201, first.Text, true));
        host.Cluster.Calls.Distinct().ShouldBe(["order shop/o-1 Reserve"]);
    }

    [Fact]
    public async Task BodiesThatMeanTheSame_HaveOneHash()
    {
        var hashes = new List<ulong>();
        host.Cluster.OnOrder = (_, _, command) =>
        {
            hashes.Add(((ReserveCommand)command!).BodyHash);
            return Task.FromResult(new OrderReply(Outcome.KeyReused));
        };

        await host.Client.SendAsync("POST", Discounts, Token, Reserve);
        await host.Client.SendAsync(
            "POST", Discounts, Token,
            """
            { "amount":10000, "activityId":"dinner", "campaignId":"night",
              "merchantId":"m-1", "userId":"u-1", "orderId":"o-1" }
            """);
        var other = await host.Client.SendAsync("POST", Discounts, Token, Reserve.Replace("10000", "10001"));

        hashes[1].ShouldBe(hashes[0]);
        hashes[2].ShouldNotBe(hashes[0]);
        (other.Status, other.Code).ShouldBe((422, "key-reused"));
    }

    [Theory]
    [InlineData(
        "confirm",
        """{"paymentId":"p-1","paid":8000}""",
        OrderState.Confirmed,
        """{"orderId":"o-1","off":2000,"pay":8000,"state":"confirmed"}""")]
    [InlineData("cancel", "", OrderState.Cancelled, """{"orderId":"o-1","state":"cancelled"}""")]
    [InlineData(
        "refund",
        """{"refundId":"r-1","amount":10}""",
        OrderState.Confirmed,
        """{"orderId":"o-1","off":2000,"pay":8000,"state":"confirmed","refunded":10,"returned":2}""")]
    public async Task Actions_Are200WithWhatConcernsThem(string action, string body, OrderState state, string expected)
    {
        Answer(state);

        var answer = await host.Client.SendAsync("POST", $"{Discounts}/o-1/{action}", Token, body);

        (answer.Status, answer.Text).ShouldBe((200, expected));
    }

    [Theory]
    [InlineData(OrderState.Reserved, "reserved")]
    [InlineData(OrderState.Confirmed, "confirmed")]
    [InlineData(OrderState.Cancelled, "cancelled")]
    [InlineData(OrderState.Expired, "expired")]
    [InlineData(OrderState.Refunded, "refunded")]
    public async Task Get_TellsTheState(OrderState state, string word)
    {
        Answer(state);

        var answer = await host.Client.GetAsync($"{Discounts}/o-1", Token);

        answer.Status.ShouldBe(200);
        ((string?)answer.Json["state"]).ShouldBe(word);
        ((long?)answer.Json["refunded"]).ShouldBe(10);
    }

    [Theory]
    [InlineData("o%2F1", "o/1")]
    [InlineData("o%252F1", "o%2F1")]
    [InlineData("a%20b", "a b")]
    [InlineData("o+1", "o+1")]
    [InlineData("%7Eo", "~o")]
    [InlineData("quote", "quote")]
    public async Task OrderIdsOfAnyPrintableLetters_ArriveAsTheyWereMeant(string sent, string meant)
    {
        Answer(OrderState.Reserved);

        (await host.Client.GetAsync($"{Discounts}/{sent}", Token)).Status.ShouldBe(200);

        host.Cluster.Calls.ShouldBe([$"order shop/{meant} Get"]);
    }

    [Fact]
    public async Task OrdersOfTwoPartners_AreTwoOrders()
    {
        Answer(OrderState.Reserved);

        await host.Client.SendAsync("POST", Discounts, host.Tokens.Partner("a"), Reserve);
        await host.Client.SendAsync("POST", Discounts, host.Tokens.Partner("b"), Reserve);

        host.Cluster.Calls.ShouldBe(["order a/o-1 Reserve", "order b/o-1 Reserve"]);
    }

    [Fact]
    public async Task Quote_ListsOffersAsTheGrainOrderedThem()
    {
        host.Cluster.OnQuote = (user, command) =>
        {
            (user, command).ShouldBe(("u-1", new QuoteCommand("m-1", "offline", 10_000)));
            return Task.FromResult(new QuoteReply(Outcome.Done,
            [
                new QuoteOffer("night", "dinner", 2000, 8000), new QuoteOffer("night", "lunch", 1000, 9000),
            ]));
        };

        var answer = await host.Client.SendAsync(
            "POST", $"{Discounts}/quote", Token,
            """{"userId":"u-1","merchantId":"m-1","channel":"offline","amount":10000}""");

        (answer.Status, answer.Text).ShouldBe((200,
            """
            {"offers":[{"campaignId":"night","activityId":"dinner","off":2000,"pay":8000},
            {"campaignId":"night","activityId":"lunch","off":1000,"pay":9000}]}
            """.ReplaceLineEndings("")));
    }

    [Fact]
    public async Task Signature_StandsForTheKeysPartner()
    {
        Answer(OrderState.Reserved);

        var answer = await SignedAsync("POST", Discounts, Reserve);

        answer.Status.ShouldBe(201, answer.Text);
        host.Cluster.Calls.ShouldBe(["order shop/o-1 Reserve"]);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task Signature_HoldsForFiveMinutes(int age)
    {
        Answer(OrderState.Reserved);
        (await SignedAsync("GET", Discounts + "/o%2F1?x=%20", null, age)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task SignatureExample_OfTheDocumentation()
    {
        // The same numbers stand in docs/api.md: whoever signs like that signs right.
        var secret = Convert.FromBase64String("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        secret.ShouldBe(Scene.PartnerSecret);
        var documented = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.md"));

        documented.ShouldContain(PartnerSignature.Of(
            secret, 1_800_000_000, "POST", "/v1/partner/discounts/o-77/cancel", "{}"u8));
    }

    [Fact]
    public async Task Facts_ArriveSorted_AndTagsOnce()
    {
        FactsCommand? put = null;
        host.Cluster.OnPutFacts = (_, command) =>
        {
            put = command;
            return Task.FromResult(new FactsReply(Outcome.Done, 9, false));
        };

        var answer = await host.Client.SendAsync(
            "PUT", "/v1/partner/users/u%201/facts", Token,
            """{"version":3,"tags":["vip","gold","vip"],"facts":{"b":true,"a":-5,"c":"x"}}""");

        (answer.Status, answer.Text).ShouldBe((200, """{"version":9,"applied":false}"""));
        host.Cluster.Calls.ShouldBe(["user u 1 PutFacts"]);
        put!.Tags.ShouldBe(["gold", "vip"]);
        put.Facts.Version.ShouldBe(3);
        put.Facts.Facts.ShouldBe(
        [
            new Fact("a", FactKind.Number, null, -5),
            new Fact("b", FactKind.Truth, null, 1),
            new Fact("c", FactKind.Text, "x", 0),
        ]);
        var hash = put.BodyHash;
        await host.Client.SendAsync(
            "PUT", "/v1/partner/users/u-1/facts", Token,
            """{"facts":{"a":-5,"c":"x","b":true},"tags":["gold","vip"],"version":3}""");
        put.BodyHash.ShouldBe(hash);
        await host.Client.SendAsync(
            "PUT", "/v1/partner/users/u-1/facts", Token,
            """{"facts":{"a":-5,"c":"x","b":1},"tags":["gold","vip"],"version":3}""");
        put.BodyHash.ShouldNotBe(hash);
    }

    private Task<Received> SignedAsync(string method, string target, string? body, int age = 0) =>
        host.Client.SendAsync(method, target, null, body, [.. TestTokens.Signature(
            Scene.PartnerKeyId, Scene.PartnerSecret, host.Tokens.Now - age, method, target,
            Encoding.UTF8.GetBytes(body ?? ""))]);

    private void Answer(OrderState state, bool replayed = false) => host.Cluster.OnOrder = (_, _, _) =>
        Task.FromResult(new OrderReply(
            Outcome.Done, new OrderView("o-1", state, 2000, 8000, Expiry, Refunded: 10, Returned: 2), replayed));
}
