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
        var without = await HeapAsync();

        var began = TimeProvider.System.GetTimestamp();
        await DrawAsync(silo);
        output.WriteLine($"{Draws} draws took {TimeProvider.System.GetElapsedTime(began)}");
        silo = await silo.RestartAsync();
        began = TimeProvider.System.GetTimestamp();
        var first = await silo.DrawAsync("latecomer");
        var took = TimeProvider.System.GetElapsedTime(began);
        var perClaim = (await HeapAsync() - without) / (double)Draws;
        output.WriteLine($"first draw of the loaded pool: {took}; {perClaim:F1} bytes per claim");

        first.Outcome.ShouldBe(Outcome.Done);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        perClaim.ShouldBeInRange(LeastBytes, MostBytes);
        (await silo.DrawAsync("u0")).Replayed.ShouldBeTrue();
        await silo.DisposeAsync();
    }

    /// <summary>The managed heap, once what a stopped silo has left behind is gone.</summary>
    private static async Task<long> HeapAsync()
    {
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            GC.WaitForPendingFinalizers();
            least = Math.Min(least, GC.GetTotalMemory(forceFullCollection: true));
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        return least;
    }

    /// <summary>One draw for each user, as the gateway sends them.</summary>
    private static Task DrawAsync(TestSilo silo)
    {
        var next = -Together;
        return Task.WhenAll(Enumerable.Range(0, CallsInFlight).Select(async _ =>
        {
            for (int from; (from = Interlocked.Add(ref next, Together)) < Draws;)
            {
                var draws = Enumerable.Range(from, Together).Select(user => new PoolDraw(
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
