using Campaigns.Contracts;
using Campaigns.Testing;
using Xunit.Abstractions;

namespace Campaigns.Grains.Tests.Draws;

public sealed class RestartOnSqliteTests(ITestOutputHelper output) : RestartTests(LedgerKind.Sqlite, output);

public sealed class RestartOnPostgresTests(ITestOutputHelper output) : RestartTests(LedgerKind.Postgres, output);

/// <summary>What a pool with a long history costs the silo that has loaded it.</summary>
[Trait("Proof", "restart")]
[Collection(nameof(Measured))]
public abstract class RestartTests(LedgerKind kind, ITestOutputHelper output) : LedgerTests(kind)
{
    private const int Together = 250;
    private const int CallsInFlight = 4;
    private static readonly int Draws = Scale.Of("restart", everyRun: 100_000, proven: 999_000);

    /// <summary>A claim's own fields: less would mean that the claims were not there.</summary>
    private const double LeastBytes = 36;

    /// <summary>What a silo with open connections holds besides, some 3 MB, weighs more on fewer claims.</summary>
    private static readonly double MostBytes = Scale.Of("restart", everyRun: 96, proven: 64);

    /// <summary>Measured against a silo with no pool at all, so the packets themselves are charged, too.</summary>
    [Fact]
    public async Task LoadedPool_AnswersWithinFiveSeconds_AndHoldsAtMost64BytesPerClaim()
    {
        var silo = await StartAsync();
        var packets = Draws + 1_000;
        await silo.OpenAsync(Pools.Plain(silo, packets, packets * 100L).Budget("cash", packets * 100L));

        // The connections' buffers have grown by then: they are no part of the pool.
        await DrawAsync(silo, 0, Draws / 5);
        silo = await silo.RestartAsync();
        var without = GC.GetTotalMemory(forceFullCollection: true);

        var began = TimeProvider.System.GetTimestamp();
        await DrawAsync(silo, Draws / 5, Draws);
        output.WriteLine($"{Draws * 4 / 5} draws took {TimeProvider.System.GetElapsedTime(began)}");
        silo = await silo.RestartAsync();
        began = TimeProvider.System.GetTimestamp();
        var first = await silo.DrawAsync("latecomer");
        var took = TimeProvider.System.GetElapsedTime(began);
        var perClaim = (GC.GetTotalMemory(forceFullCollection: true) - without) / (double)Draws;
        output.WriteLine($"first draw of the loaded pool: {took}; {perClaim:F1} bytes per claim");

        first.Outcome.ShouldBe(Outcome.Done);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        perClaim.ShouldBeInRange(LeastBytes, MostBytes);
        (await silo.DrawAsync("u0")).Replayed.ShouldBeTrue();
        await silo.DisposeAsync();
    }

    /// <summary>One draw for each of these users, as the gateway sends them.</summary>
    private static Task DrawAsync(TestSilo silo, int fromUser, int untilUser)
    {
        var next = fromUser - Together;
        return Task.WhenAll(Enumerable.Range(0, CallsInFlight).Select(async _ =>
        {
            for (int from; (from = Interlocked.Add(ref next, Together)) < untilUser;)
            {
                var draws = Enumerable.Range(from, Math.Min(Together, untilUser - from)).Select(user => new PoolDraw(
                    $"u{user}", Calls.Key(1), FactSet.Empty, null, 0, null, LimitsHeld: false));
                var batch = new DrawBatch([.. draws]);
                var replies = await Calls.PatientAsync(
                    () => silo.Grains.PacketPool("night", "bag", 0).Draw(batch),
                    answered => answered.Replies.Select(reply => reply.Outcome).Max());
                replies.Replies.ShouldAllBe(reply => reply.Outcome == Outcome.Done);
            }
        }));
    }
}

/// <summary>Tests that measure the process, so nothing else may run in it meanwhile.</summary>
[CollectionDefinition(nameof(Measured), DisableParallelization = true)]
public sealed class Measured;
