using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Campaigns.Contracts;
using Campaigns.Gateway.Draws;
using Campaigns.Gateway.Tests.Hosts;
using Campaigns.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Campaigns.Gateway.Tests.Draws;

public sealed class DrawTests(GatewayHost host) : IClassFixture<GatewayHost>, IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Pool, PoolDraw Draw)> _drawn = new();

    public Task InitializeAsync()
    {
        host.Cluster.Calls.Clear();
        Answer((_, _) => new DrawReply(Outcome.Done, TestCampaigns.Draw()));
        host.Cluster.OnUserDraw = (_, _) => Task.FromResult(new DrawReply(Outcome.Done, TestCampaigns.Draw(entry: 99)));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task LocalPool_IsAskedWithoutTheUsersGrain()
    {
        var answer = await host.Client.DrawAsync("u-7");

        answer.Status.ShouldBe(201, answer.Text);
        answer.Replayed.ShouldBeFalse();
        host.Cluster.Calls.ShouldBe(["pool night/rain/0 Draw"]);
        var draw = _drawn.Single().Draw;
        draw.UserId.ShouldBe("u-7");
        draw.LimitsHeld.ShouldBeFalse();
        draw.Operation.KeyHash.ShouldNotBe(0ul);
    }

    [Fact]
    public async Task Won_ShowsRewardsAndTheWholeReceipt()
    {
        var text = (await host.Client.DrawAsync("u-1")).Text;

        var answer = JsonNode.Parse(text)!;
        ((string?)answer["outcome"]).ShouldBe("won");
        answer["rewards"]!.ToJsonString().ShouldBe("""[{"kind":"cash","amount":88}]""");
        text.ShouldEndWith(
            """
            ,"receipt":{"pool":"night/rain/0","entry":7,"amount":88,"round":"main","packetRound":"main","index":4,
            "factsVersion":0,"definitionVersion":1,"chain":"cccccccccccccccccccccccccccccccc",
            "at":"2026-12-31T12:00:00+00:00"}}
            """.ReplaceLineEndings(""));
        ((string?)answer["drawId"])!.ShouldMatch("^[A-Za-z0-9_-]{22}$");
    }

    [Fact]
    public async Task Replay_HasTheSameStatusAndBytes_AndSaysSo()
    {
        var first = await host.Client.DrawAsync("u-1");
        Answer((_, _) => new DrawReply(Outcome.Done, TestCampaigns.Draw(), Replayed: true));

        var second = await host.Client.DrawAsync("u-1");

        second.Status.ShouldBe(first.Status);
        second.Bytes.ShouldBe(first.Bytes);
        second.Replayed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData(" {\n} ", "{}")]
    [InlineData("{\"round\":null}", "{}")]
    [InlineData("{ \"round\" : \"r1\" }", "{\"round\":\"r1\"}")]
    [InlineData("{\"\\u0072ound\":\"\\u0072\\u0031\"}", "{\"round\":\"r1\"}")]
    public async Task BodiesThatMeanTheSame_AreTheSameOperation(string one, string other)
    {
        await host.Client.DrawAsync("u-1", body: one);
        await host.Client.DrawAsync("u-1", body: other);

        var operations = _drawn.Select(drawn => drawn.Draw.Operation).ToArray();
        operations.Length.ShouldBe(2);
        operations[0].ShouldBe(operations[1]);
    }

    [Fact]
    public async Task OtherBodiesAndOtherKeys_AreOtherOperations()
    {
        await host.Client.DrawAsync("u-1", key: "a");
        await host.Client.DrawAsync("u-1", key: "b");
        await host.Client.DrawAsync("u-1", key: "a", body: "{\"round\":\"r1\"}");
        await host.Client.DrawAsync("u-1", key: "a", body: "{\"round\":\"r2\"}");

        _drawn.Select(drawn => drawn.Draw.Operation).Distinct().Count().ShouldBe(4);
        _drawn.Select(drawn => drawn.Draw.Round).ShouldBe([null, null, "r1", "r2"]);
    }

    [Fact]
    public async Task KeyHash_IsTheFirstEightBytesOfSha256_BigEndian()
    {
        await host.Client.DrawAsync("u-1", key: "abc");

        _drawn.Single().Draw.Operation.KeyHash.ShouldBe(0xba7816bf8f01cfea);
    }

    [Fact]
    public async Task SealedShards_AreLeftInTheUsersOrder_WithClaimsAndRoundGoingAlong()
    {
        Answer((pool, draw) => draw.Step < 2
            ? new DrawReply(Outcome.Exhausted, GoOn: true, Prior: Claims(draw.Step), Round: "main")
            : new DrawReply(Outcome.Done, TestCampaigns.Draw(pool: pool)));

        var answer = await host.Client.DrawAsync("u-5", "sharded");

        answer.Status.ShouldBe(201);
        _drawn.Select(drawn => drawn.Pool).ShouldBe(
            Enumerable.Range(0, 3).Select(step => $"night/sharded/{ShardOrder.At("u-5", 4, step)}"));
        _drawn.Select(drawn => drawn.Draw.Step).ShouldBe([0, 1, 2]);
        _drawn.Select(drawn => drawn.Draw.Prior?.Total.Count).ShouldBe([null, 0, 1]);
        _drawn.Select(drawn => drawn.Draw.Round).ShouldBe([null, "main", "main"]);
        _drawn.Select(drawn => drawn.Draw.Operation).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task EveryShardSealed_IsExhausted()
    {
        Answer((_, _) => new DrawReply(Outcome.Exhausted, GoOn: true));

        var answer = await host.Client.DrawAsync("u-5", "sharded");

        (answer.Status, answer.Code).ShouldBe((409, "exhausted"));
        _drawn.Select(drawn => drawn.Pool).Distinct().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData("rounds")]
    [InlineData("tagged")]
    [InlineData("bound")]
    public async Task PoolThatTheTokenCannotAnswer_IsReachedThroughTheUsersGrain(string activity)
    {
        var answer = await host.Client.DrawAsync("u-1", activity);

        answer.Status.ShouldBe(201);
        host.Cluster.Calls.ShouldBe(["user u-1 Draw"]);
    }

    [Fact]
    public async Task FactsInTheToken_AreEnoughForTheirPool()
    {
        var carried = new JsonObject { ["card-bound"] = true, ["age"] = 30, ["band"] = "b" };

        var answer = await DrawWithFactsAsync(carried, 12);

        answer.Status.ShouldBe(201);
        host.Cluster.Calls.ShouldBe(["pool night/bound/0 Draw"]);
        var facts = _drawn.Single().Draw.Facts;
        facts.Version.ShouldBe(12);
        facts.Facts.ShouldBe(
        [
            new Fact("card-bound", FactKind.Truth, null, 1),
            new Fact("age", FactKind.Number, null, 30),
            new Fact("band", FactKind.Text, "b", 0),
        ]);
    }

    [Fact]
    public async Task FactsOfOtherForms_CountAsNotCarried()
    {
        var carried = new JsonObject { ["card-bound"] = 1.5, ["A b"] = true, ["list"] = new JsonArray() };

        var answer = await DrawWithFactsAsync(carried, -1);

        answer.Status.ShouldBe(201);
        host.Cluster.Calls.ShouldBe(["user u-1 Draw"]);
    }

    [Fact]
    public async Task NotEligibleByTheToken_IsAskedAgainOfTheUsersGrain()
    {
        Answer((_, _) => new DrawReply(Outcome.NotEligible, Detail: "card-bound"));

        var answer = await DrawWithFactsAsync(new JsonObject { ["card-bound"] = false }, 1);

        answer.Status.ShouldBe(201);
        host.Cluster.Calls.ShouldBe(["pool night/bound/0 Draw", "user u-1 Draw"]);
    }

    /// <summary>Partners may have named early users to the user's grain alone; without early access nobody asks it.
    /// </summary>
    [Theory]
    [InlineData(-5, "pool night/rain/0 Draw", "user u-1 Draw")]
    [InlineData(5, "pool night/rain/0 Draw")]
    [InlineData(null, "pool night/rain/0 Draw")]
    public async Task NotStartedByTheToken_IsAskedAgainOfTheUsersGrain_DuringEarlyAccess(
        int? earlySinceMinutes, params string[] calls)
    {
        var now = host.Time.GetUtcNow();
        host.Cluster.Put(TestCampaigns.Night(now) with
        {
            Version = 4,
            Start = now.AddHours(1),
            EarlyFrom = earlySinceMinutes is { } minutes ? now.AddMinutes(minutes) : null,
        });
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Answer((_, _) => new DrawReply(Outcome.NotStarted));

        var answer = await host.Client.DrawAsync("u-1");

        answer.Status.ShouldBe(calls.Length == 2 ? 201 : 409);
        host.Cluster.Calls.ShouldBe(calls);
    }

    [Fact]
    public async Task AlreadyDrawn_CarriesTheFirstDrawAsItWasAnswered()
    {
        var first = await host.Client.DrawAsync("u-1");
        Answer((_, _) => new DrawReply(Outcome.AlreadyDrawn, TestCampaigns.Draw()));

        var again = await host.Client.DrawAsync("u-1", key: "k-2");

        (again.Status, again.Code).ShouldBe((409, "already-drawn"));
        again.Json["original"]!.ToJsonString().ShouldBe(first.Json.ToJsonString());
        again.Replayed.ShouldBeFalse();
    }

    [Fact]
    public async Task NotEligible_NamesTheCondition()
    {
        host.Cluster.OnUserDraw = (_, _) =>
            Task.FromResult(new DrawReply(Outcome.NotEligible, Detail: "card-bound is not true"));

        var answer = await host.Client.DrawAsync("u-1", "bound");

        (answer.Status, answer.Code).ShouldBe((409, "not-eligible"));
        ((string?)answer.Json["detail"]).ShouldBe("card-bound is not true");
    }

    [Theory]
    [InlineData(Outcome.Overloaded)]
    [InlineData(Outcome.Unavailable)]
    public async Task Retryable_Is503WithRetryAfter(Outcome outcome)
    {
        Answer((_, _) => new DrawReply(outcome));

        var answer = await host.Client.DrawAsync("u-1");

        (answer.Status, answer.Code).ShouldBe((503, "overloaded"));
        answer.Headers["Retry-After"].ShouldBe("1");
    }

    [Fact]
    public async Task FullPool_TurnsAwayBeforeTheTokenIsRead()
    {
        var gate = new TaskCompletionSource();
        host.Cluster.OnPoolDraw = async (_, batch) =>
        {
            await gate.Task;
            return new DrawReplies(
                Array.ConvertAll(batch.Draws, _ => new DrawReply(Outcome.Done, TestCampaigns.Draw())));
        };
        var first = host.Client.DrawAsync("u-1");
        await Eventually.ShouldBe(() => !host.Cluster.Calls.IsEmpty);
        var second = host.Client.DrawAsync("u-2");
        var combiner = host.Services.GetRequiredService<DrawCombiner>();
        var rain = TestCampaigns.Night(host.Time.GetUtcNow()).FindActivity("rain")!;
        await Eventually.ShouldBe(
            () =>
            {
                host.Time.Advance(TimeSpan.FromMilliseconds(100));
                return combiner.IsFull("night", rain);
            });

        var third = await host.Client.DrawAsync("u-3");
        var fourth = await host.Client.SendAsync(
            "POST", "/v1/campaigns/night/activities/rain/draws", token: null, "{}", ("Idempotency-Key", "k"));

        foreach (var refused in (Received[])[third, fourth])
        {
            (refused.Status, refused.Code).ShouldBe((503, "overloaded"));
            refused.Headers["Retry-After"].ShouldBe("1");
        }

        gate.SetResult();
        (await first).Status.ShouldBe(201);
        (await second).Status.ShouldBe(201);
    }

    public static TheoryData<string> Failures => ["timeout", "stale", "silo", "bug"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task FailingUsersGrain_IsRetryable_UnlessItIsABug(string kind)
    {
        host.Cluster.OnUserDraw = (_, _) => Task.FromException<DrawReply>(kind switch
        {
            "timeout" => new TimeoutException("no answer"),
            "stale" => new StaleCacheException("old", null),
            "silo" => new SiloUnavailableException("gone"),
            _ => new InvalidOperationException("a bug"),
        });

        var answer = await host.Client.DrawAsync("u-1", "tagged");

        (answer.Status, answer.Code).ShouldBe(kind == "bug" ? (500, "internal") : (503, "overloaded"));
        answer.Text.ShouldNotContain("a bug", customMessage: "messages of exceptions stay inside");
        answer.Headers.ContainsKey("Retry-After").ShouldBe(kind != "bug");
    }

    [Fact]
    public async Task CampaignNotApprovedYet_IsNotThere()
    {
        var night = TestCampaigns.Night(host.Time.GetUtcNow());
        host.Cluster.Put(night with { CampaignId = "draft", Lifecycle = Lifecycle.InReview });

        var answer = await host.Client.SendAsync(
            "POST", "/v1/campaigns/draft/activities/rain/draws", host.Tokens.User(), "{}", ("Idempotency-Key", "k"));

        (answer.Status, answer.Code).ShouldBe((404, "not-found"));
        host.Cluster.Calls.ShouldBeEmpty();
    }

    private Task<Received> DrawWithFactsAsync(JsonObject facts, long version)
    {
        var claims = host.Tokens.Claims("user", "u-1");
        claims["facts"] = facts;
        claims["factsVersion"] = version;
        return host.Client.SendAsync(
            "POST",
            "/v1/campaigns/night/activities/bound/draws",
            host.Tokens.Sign(claims),
            "{}",
            ("Idempotency-Key", "k"));
    }

    private static PriorClaims Claims(int total)
    {
        var claim = new PriorClaim(1, 2, 3);
        return new PriorClaims(claim with { Count = total }, claim, claim, claim);
    }

    private void Answer(Func<string, PoolDraw, DrawReply> reply) => host.Cluster.OnPoolDraw = (pool, batch) =>
    {
        foreach (var draw in batch.Draws)
        {
            _drawn.Enqueue((pool, draw));
        }

        return Task.FromResult(new DrawReplies(Array.ConvertAll(batch.Draws, draw => reply(pool, draw))));
    };
}
