using Campaigns.Contracts;

namespace Campaigns.Grains.Tests.Draws;

public sealed class DrawTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Burst_WhenMoreUsersThanPackets_GivesEveryPacketOnceAndNothingMore(int shards)
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pool(silo, count: 200, total: 20_000, shards));

        var first = await AllAsync(Enumerable.Range(0, 400), user => DrawAsync(silo, $"u{user}", shards, key: 1));
        var again = await AllAsync(Enumerable.Range(0, 400), user => DrawAsync(silo, $"u{user}", shards, key: 1));

        var won = first.Where(reply => reply.Outcome == Outcome.Done).ToList();
        won.Count.ShouldBe(200);
        won.Sum(reply => reply.Result!.Amount).ShouldBe(20_000);
        won.ShouldAllBe(reply => reply.Result!.Amount >= 10 && reply.Result.Amount <= 500);
        first.Where(reply => reply.Outcome != Outcome.Done).ShouldAllBe(reply => reply.Outcome == Outcome.Exhausted);
        for (var user = 0; user < 400; user++)
        {
            again[user].Outcome.ShouldBe(first[user].Outcome);
            again[user].Result.ShouldBe(first[user].Result);
            again[user].Replayed.ShouldBe(first[user].Outcome == Outcome.Done);
        }

        var audit = await silo.Grains.Campaign("night").Audit();
        audit.Balanced.ShouldBeTrue();
        audit.Accounts.Where(account => account.Account != "night").Sum(account => account.Issued).ShouldBe(20_000);
    }

    [Fact]
    public async Task ShardsWithoutPackets_AreEmpty_NotUnavailable()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pool(silo, count: 2, total: 200, shards: 5));

        var replies = await AllAsync(Enumerable.Range(0, 12), user => DrawAsync(silo, $"u{user}", 5, key: 1));

        replies.Count(reply => reply.Outcome == Outcome.Done).ShouldBe(2);
        replies.Where(reply => reply.Outcome != Outcome.Done)
            .ShouldAllBe(reply => reply.Outcome == Outcome.Exhausted);
        await silo.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task Winner_WhenItDrawsAgain_IsToldItsFirstDraw()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pool(silo, count: 10, total: 1_000, shards: 1));

        var first = await DrawAsync(silo, "ada", 1, key: 1);
        var second = await DrawAsync(silo, "ada", 1, key: 2);
        var reused = await DrawAsync(silo, "ada", 1, key: 1, body: 9);

        second.Outcome.ShouldBe(Outcome.AlreadyDrawn);
        second.Result.ShouldBe(first.Result);
        reused.Outcome.ShouldBe(Outcome.KeyReused);
        var me = await silo.Grains.User("ada").Get();
        me.Balances.ShouldBe([new Balance("cash", first.Result!.Amount)]);
    }

    [Fact]
    public async Task Pause_HoldsWithinASecond_AndResumeToo()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pool(silo, count: 20_000, total: 1_000_000, shards: 1));
        (await DrawAsync(silo, "first", 1, key: 1)).Outcome.ShouldBe(Outcome.Done);

        (await silo.ActAsync("night", LifecycleAction.Pause, "ops")).ShouldBe(Outcome.Done);
        var paused = await UntilAsync(silo, Outcome.Paused, "p");
        (await silo.ActAsync("night", LifecycleAction.Resume, "ops")).ShouldBe(Outcome.Done);
        var resumed = await UntilAsync(silo, Outcome.Done, "r");

        paused.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        resumed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Restart_WhenAllWasAcknowledged_FindsEverythingAgain()
    {
        await using var first = await TestSilo.StartAsync();
        await first.OpenAsync(Pool(first, count: 50, total: 5_000, shards: 2));
        var before = await AllAsync(Enumerable.Range(0, 30), user => DrawAsync(first, $"u{user}", 2, key: 1));

        await using var second = await TestSilo.StartAsync(first.Ledger.Journal, first.Time);
        var after = await AllAsync(Enumerable.Range(0, 30), user => DrawAsync(second, $"u{user}", 2, key: 1));

        for (var user = 0; user < 30; user++)
        {
            after[user].Result.ShouldBe(before[user].Result);
            (await second.Grains.User($"u{user}").Get()).Balances
                .ShouldBe([new Balance("cash", before[user].Result!.Amount)]);
        }
    }

    [Fact]
    public async Task TwoActivations_WhenBothDraw_IssueNothingTwice()
    {
        await using var one = await TestSilo.StartAsync();
        await using var other = await TestSilo.StartAsync(one.Ledger.Journal, one.Time);
        await one.OpenAsync(Pool(one, count: 100, total: 10_000, shards: 1));

        var replies = await AllAsync(
            Enumerable.Range(0, 150), user => PatientDrawAsync(user % 2 == 0 ? one : other, $"u{user}"));

        var won = replies.Where(reply => reply.Outcome == Outcome.Done).ToList();
        won.Count.ShouldBe(100);
        won.Select(reply => reply.Result!.Index).Distinct().Count().ShouldBe(100);
        won.Sum(reply => reply.Result!.Amount).ShouldBe(10_000);
    }

    private static Document Pool(TestSilo silo, int count, long total, int shards) =>
        new Document(silo.Time.GetUtcNow()).Budget("cash", 1_000_000).Add($$"""
            {"id": "bag", "type": "red-packet", "total": {{total}}, "count": {{count}}, "min": 10, "max": 500,
             "split": "double-mean", "shards": {{shards}}, "perUser": {"total": 1} }
            """);

    /// <summary>Walks the shards as the gateway does.</summary>
    private static async Task<DrawReply> DrawAsync(TestSilo silo, string user, int shards, ulong key, ulong body = 1)
    {
        var draw = new PoolDraw(
            user, new Operation(key, body * 0x9E3779B97F4A7C15), FactSet.Empty, null, 0, null, LimitsHeld: false);
        var reply = new DrawReply(Outcome.Exhausted);
        for (var step = 0; step < shards; step++)
        {
            var pool = silo.Grains.PacketPool("night", "bag", ShardOrder.At(user, shards, step));
            reply = (await pool.Draw(new DrawBatch([draw with { Step = step }]))).Replies[0];
            if (!reply.GoOn)
            {
                return reply;
            }

            draw = draw with { Prior = reply.Prior, Round = reply.Round };
        }

        return reply;
    }

    /// <summary>Asks again while the answer is "ask again", as clients do.</summary>
    private static async Task<DrawReply> PatientDrawAsync(TestSilo silo, string user)
    {
        for (var attempt = 0; ; attempt++)
        {
            var reply = await DrawAsync(silo, user, 1, key: 1);
            if (reply.Outcome != Outcome.Unavailable || attempt == 1_000)
            {
                return reply;
            }

            await Task.Yield();
        }
    }

    private static async Task<TimeSpan> UntilAsync(TestSilo silo, Outcome wanted, string prefix)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var user = 0; ; user++)
        {
            var reply = await DrawAsync(silo, $"{prefix}{user}", 1, key: 1);
            var elapsed = TimeProvider.System.GetElapsedTime(since);
            if (reply.Outcome == wanted || elapsed > TimeSpan.FromSeconds(10))
            {
                return elapsed;
            }
        }
    }

    private static Task<T[]> AllAsync<TItem, T>(IEnumerable<TItem> items, Func<TItem, Task<T>> call) =>
        Task.WhenAll(items.Select(call));
}
