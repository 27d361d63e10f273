using System.Globalization;
using Campaigns.Contracts;

namespace Campaigns.Grains.Tests;

/// <summary>Calls as the gateway and patient clients make them.</summary>
internal static class Calls
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    public static Operation Key(ulong key, ulong body = 1) => new(key, body << 32);

    public static FactSet Facts(long version, params (string Name, object Value)[] facts) => new(
        [.. facts.Select(fact => fact.Value switch
        {
            string text => new Fact(fact.Name, FactKind.Text, text, 0),
            bool truth => new Fact(fact.Name, FactKind.Truth, null, truth ? 1 : 0),
            var number => new Fact(
                fact.Name, FactKind.Number, null, Convert.ToInt64(number, CultureInfo.InvariantCulture)),
        })],
        version);

    /// <summary>Walks the shards of the pool night/bag as the gateway does for local pools.</summary>
    public static async Task<DrawReply> DrawAsync(
        this TestSilo silo, string user, int shards = 1, ulong key = 1, string? round = null, FactSet? facts = null)
    {
        var draw = new PoolDraw(user, Key(key), facts ?? FactSet.Empty, round, 0, null, LimitsHeld: false);
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

    /// <summary>Draws from night/bag through the user's grain.</summary>
    public static Task<DrawReply> UserDrawAsync(
        this TestSilo silo, string user, ulong key = 1, string? round = null, FactSet? facts = null) =>
        silo.Grains.User(user).Draw(new UserDrawCommand("night", "bag", round, Key(key), facts ?? FactSet.Empty));

    public static Task<CheckInReply> CheckInAsync(
        this TestSilo silo, string user, ulong key = 1, FactSet? facts = null) =>
        silo.Grains.User(user).CheckIn(
            new CheckInCommand("night", "daily", null, Key(key), facts ?? FactSet.Empty));

    public static Task<OrderReply> ReserveAsync(this TestSilo silo, string user, string order) =>
        silo.Grains.Order("shop", order).Reserve(new ReserveCommand(user, "m1", "night", "spend", 10_000, 77));

    public static Task<FactsReply> PutFactsAsync(
        this TestSilo silo, string user, FactSet facts, params string[] tags) =>
        silo.Grains.User(user).PutFacts(new FactsCommand(facts, tags, (ulong)facts.Version));

    public static async Task<long> BalanceAsync(this TestSilo silo, string user, string unit = "cash")
    {
        var me = await PatientAsync(() => silo.Grains.User(user).Get(), reply => reply.Outcome);
        return me.Balances.SingleOrDefault(balance => balance.Unit == unit)?.Amount ?? 0;
    }

    /// <summary>Asks again while the answer is "ask again", as clients do, for a bounded time.</summary>
    public static async Task<T> PatientAsync<T>(Func<Task<T>> call, Func<T, Outcome> outcomeOf)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var reply = await call();
            if (outcomeOf(reply) is not (Outcome.Unavailable or Outcome.Overloaded)
                || TimeProvider.System.GetElapsedTime(since) > Bound)
            {
                return reply;
            }

            await Task.Delay(2);
        }
    }

    public static Task<DrawReply> PatientAsync(Func<Task<DrawReply>> draw) =>
        PatientAsync(draw, reply => reply.Outcome);

    /// <summary>
    /// Polls until the silo tells everybody so: Paused, Ended, or NotFound while live. The round that is asked for
    /// does not exist, so that no poll wins anything.
    /// </summary>
    public static Task HearsAsync(this TestSilo silo, Outcome told) => EventuallyAsync(
        async () => (await silo.DrawAsync("probe", round: "none")).Outcome == told, $"the silo tells {told}");

    /// <summary>Polls until the condition holds, for a bounded time.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(Bound, what);
            await Task.Delay(5);
        }
    }

    public static Task EventuallyAsync(Func<bool> condition, string what) =>
        EventuallyAsync(() => Task.FromResult(condition()), what);

    public static Task<T[]> AllAsync<TItem, T>(IEnumerable<TItem> items, Func<TItem, Task<T>> call) =>
        Task.WhenAll(items.Select(call));
}
