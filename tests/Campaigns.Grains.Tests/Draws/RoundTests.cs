using Campaigns.Contracts;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Draws;

public sealed class RoundTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RoundThatHasNotBegun_IsOver_OrIsEmpty_GivesThreeDifferentAnswers(int shards)
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pools.TwoRounds(silo, shards: shards));

        (await silo.DrawAsync("ada", shards, round: "late")).Outcome.ShouldBe(Outcome.NotStarted);
        var replies = await AllAsync(
            Enumerable.Range(0, 9), user => silo.DrawAsync($"u{user}", shards, round: "early"));
        silo.Time.Advance(TimeSpan.FromHours(2));
        var between = await silo.DrawAsync("ada", shards);
        var over = await silo.DrawAsync("ada", shards, round: "early");
        var unknown = await silo.DrawAsync("ada", shards, round: "middle");

        replies.Count(reply => reply.Outcome == Outcome.Done).ShouldBe(4);
        replies.Count(reply => reply.Outcome == Outcome.Exhausted).ShouldBe(5);
        between.Outcome.ShouldBe(Outcome.NotStarted);
        over.Outcome.ShouldBe(Outcome.Ended);
        unknown.Outcome.ShouldBe(Outcome.NotFound);
        await silo.ShouldBeCleanAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RestOfARound_WithNextRound_IsDrawnInTheNextOne(int shards)
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pools.TwoRounds(silo, shards: shards, remainder: "next-round"));
        await silo.DrawAsync("first", shards);
        silo.Time.Advance(TimeSpan.FromHours(3.5));

        var replies = await AllAsync(Enumerable.Range(0, 12), user => silo.DrawAsync($"u{user}", shards));

        var won = replies.Where(reply => reply.Outcome == Outcome.Done).Select(reply => reply.Result!).ToList();
        won.Count.ShouldBe(9);
        won.ShouldAllBe(result => result.Round == "late");
        won.Count(result => result.PacketRound == "early").ShouldBe(3);
        var accounts = await silo.ShouldBeCleanAsync();
        accounts.Where(account => account.Account != "night").Sum(account => account.Issued).ShouldBe(1_000);
    }

    [Fact]
    public async Task RestOfARound_WithRefund_GoesBackToTheBudgetOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pools.TwoRounds(silo));
        var first = await silo.DrawAsync("first");
        var pool = silo.Grains.PacketPool("night", "bag", 0);

        (await pool.Settle()).Single().Refunded.ShouldBe(0);
        silo.Time.Advance(TimeSpan.FromHours(2));
        var once = (await pool.Settle()).Single();
        var twice = (await pool.Settle()).Single();

        once.Refunded.ShouldBe(400 - first.Result!.Amount);
        twice.ShouldBe(once);
        (await Pools.AccountAsync(silo, "night")).Remaining.ShouldBe(1_000_000 - 1_000 + once.Refunded);
        (await silo.DrawAsync("second", round: "early")).Outcome.ShouldBe(Outcome.Ended);
        await silo.ShouldBeCleanAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task PerRoundLimit_AllowsOnePacketInEachRound(int shards)
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pools.TwoRounds(silo, early: 8, late: 8, shards: shards));

        var first = await silo.DrawAsync("ada", shards, key: 1);
        var again = await silo.DrawAsync("ada", shards, key: 2);
        silo.Time.Advance(TimeSpan.FromHours(3.5));
        var late = await silo.DrawAsync("ada", shards, key: 3);
        var lateAgain = await silo.DrawAsync("ada", shards, key: 4);
        var retry = await silo.DrawAsync("ada", shards, key: 1);

        again.Outcome.ShouldBe(Outcome.AlreadyDrawn);
        again.Result.ShouldBe(first.Result);
        late.Outcome.ShouldBe(Outcome.Done);
        lateAgain.Outcome.ShouldBe(Outcome.AlreadyDrawn);
        lateAgain.Result.ShouldBe(late.Result);
        retry.Outcome.ShouldBe(Outcome.Done);
        retry.Result.ShouldBe(first.Result);
        retry.Replayed.ShouldBeTrue();
    }

    [Fact]
    public async Task PacketWonBehindASealedShard_WhenTheCampaignIsPausedOrOver_StillHasItsFirstAnswer()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pools.Plain(silo, count: 12, total: 1_200, shards: 3));
        var replies = await AllAsync(
            Enumerable.Range(0, 12), async user => ($"u{user}", await silo.DrawAsync($"u{user}", 3)));
        replies.ShouldAllBe(reply => reply.Item2.Outcome == Outcome.Done);
        replies.ShouldContain(reply =>
            reply.Item2.Result!.Pool != $"night/bag/{ShardOrder.At(reply.Item1, 3, 0)}", "somebody won away from home");

        (await silo.ActAsync("night", LifecycleAction.Pause, "planner")).ShouldBe(Outcome.Done);
        await EventuallyAsync(
            async () => (await silo.DrawAsync("stranger", 3, key: 9)).Outcome == Outcome.Paused, "the pause holds");
        var paused = await AllAsync(replies, reply => silo.DrawAsync(reply.Item1, 3));
        (await silo.ActAsync("night", LifecycleAction.End, "planner")).ShouldBe(Outcome.Done);
        await EventuallyAsync(
            async () => (await silo.DrawAsync("stranger", 3, key: 9)).Outcome == Outcome.Ended, "the end holds");
        var over = await AllAsync(replies, reply => silo.DrawAsync(reply.Item1, 3));

        paused.Select(reply => reply.Result).ShouldBe(replies.Select(reply => reply.Item2.Result));
        over.Select(reply => reply.Result).ShouldBe(replies.Select(reply => reply.Item2.Result));
        over.ShouldAllBe(reply => reply.Replayed);
    }
}
