using Campaigns.Contracts;
using Campaigns.Domain.Values;
using Campaigns.Ledger.Volatile;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Draws;

/// <summary>Limits that span rounds on several shards: the user's grain counts.</summary>
public sealed class CountedDrawTests
{
    private const int Shards = 3;

    [Theory]
    [InlineData("""{"total": 2}""", 2, 2)]
    [InlineData("""{"perDay": 1, "total": 5}""", 1, 1)]
    [InlineData("""{"perRound": 1, "perMonth": 2}""", 1, 2)]
    public async Task LimitsThatSpanRounds_HoldOverAllShards(string perUser, int early, int both)
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Time.Set(new DateTimeOffset(2027, 2, 1, 9, 0, 0, TimeSpan.FromHours(8)));
        await silo.OpenAsync(Pools.TwoRounds(silo, early: 30, late: 30, shards: Shards, perUser: perUser));

        var first = await AllAsync(Enumerable.Range(1, 6), key => silo.UserDrawAsync("ada", (ulong)key));
        silo.Time.Advance(TimeSpan.FromHours(3.5));
        var later = await AllAsync(Enumerable.Range(11, 6), key => silo.UserDrawAsync("ada", (ulong)key));

        first.Count(reply => reply.Outcome == Outcome.Done).ShouldBe(early);
        first.Concat(later).Count(reply => reply.Outcome == Outcome.Done).ShouldBe(both);
        later.Where(reply => reply.Outcome != Outcome.Done)
            .ShouldAllBe(reply => reply.Outcome == Outcome.QuotaExceeded || reply.Outcome == Outcome.AlreadyDrawn);
        await silo.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task RoundThatIsNotOpen_IsRefused_WithoutAnIntent()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pools.TwoRounds(silo, shards: Shards, perUser: """{"total": 2}"""));

        var unknown = await silo.UserDrawAsync("ada", 1, "other");
        var early = await silo.UserDrawAsync("ada", 2, "late");
        silo.Time.Advance(TimeSpan.FromHours(2));
        var over = await silo.UserDrawAsync("ada", 3, "early");

        (unknown.Outcome, early.Outcome, over.Outcome).ShouldBe((Outcome.NotFound, Outcome.NotStarted, Outcome.Ended));
        (await silo.EntriesAsync()).ShouldNotContain(entry => entry.Kind == EntryKind.DrawIntended);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task LostAnswers_AndRetriesUnderOtherKeys_NeverPassTheLimit_NorGiveAKeyTwoResults(int seed)
    {
        var random = new Random(seed);
        await using var silo = await TestSilo.StartAsync(
            grains: new GrainOptions { DurabilityWait = TimeSpan.FromMilliseconds(15) });
        await silo.OpenAsync(Pools.TwoRounds(
            silo, early: 24, late: 24, shards: Shards, perUser: """{"total": 2}""", remainder: "next-round"));
        silo.Ledger.OnWrite = _ => new(Fault(random));
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<(string, ulong), DrawResult>();

        await AllAsync(Enumerable.Range(0, 12), user => AskAsync($"u{user}", from: 1));
        silo.Time.Advance(TimeSpan.FromHours(3.5));
        await AllAsync(Enumerable.Range(0, 12), user => AskAsync($"u{user}", from: 1));
        silo.Ledger.OnWrite = null;

        for (var user = 0; user < 12; user++)
        {
            var name = $"u{user}";
            var results = seen.Where(pair => pair.Key.Item1 == name).Select(pair => pair.Value).ToList();
            results.Count.ShouldBeInRange(1, 2);
            (await silo.BalanceAsync(name)).ShouldBe(results.Sum(result => result.Amount));
        }

        await silo.ShouldBeCleanAsync();

        async Task<bool> AskAsync(string user, ulong from)
        {
            for (var key = from; key < from + 4; key++)
            {
                var asked = key;
                await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
                {
                    var reply = await PatientAsync(() => silo.UserDrawAsync(user, asked));
                    if (reply.Outcome == Outcome.Done)
                    {
                        seen.GetOrAdd((user, asked), reply.Result!).ShouldBe(reply.Result);
                    }
                    else
                    {
                        reply.Outcome.ShouldBeOneOf(Outcome.QuotaExceeded, Outcome.Exhausted, Outcome.NotStarted);
                    }
                }));
            }

            return true;
        }
    }

    private static WriteFault Fault(Random random)
    {
        lock (random)
        {
            return random.Next(8) switch
            {
                0 => WriteFault.Conflict,
                1 => WriteFault.NotWritten,
                2 => WriteFault.UnknownCommitted,
                3 => WriteFault.UnknownNotCommitted,
                _ => WriteFault.None,
            };
        }
    }
}
