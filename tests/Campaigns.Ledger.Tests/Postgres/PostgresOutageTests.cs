using System.Diagnostics;
using Campaigns.Domain.Values;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Postgres;

/// <summary>The server dies, with all its processes, under a committer that goes on.</summary>
public sealed class PostgresOutageTests
{
    private const int Activations = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task ServerKilledWhileCommitsAreUnderWay_NothingIsLostOrDoubledAndNobodyRestarts()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var bench = await PostgresBench.StartAsync(server);
        await using var committer = await bench.StartCommitterAsync();
        using var stop = new CancellationTokenSource();
        var committed = 0;
        var activations = Enumerable.Range(0, Activations)
            .Select(i => ActivationAsync(new StreamAuthor($"user/outage/{i}")))
            .ToList();

        for (var round = 0; round < 3; round++)
        {
            await GrowAsync(200);
            server.Kill9();
            await ShouldBeAwayAsync(bench);
            await server.RestartAsync();
        }

        await GrowAsync(200);
        await stop.CancelAsync();
        foreach (var history in await Task.WhenAll(activations).WaitAsync(Patience))
        {
            var rows = await bench.Ledger.ReadAsync(history[0].Stream, 1, int.MaxValue, CancellationToken.None);
            rows.ShouldBeSame(history);
        }

        async Task<List<Entry>> ActivationAsync(StreamAuthor author)
        {
            var history = new List<Entry>();
            while (!stop.IsCancellationRequested)
            {
                var commit = author.Commit();
                history.AddRange(commit.Entries);
                (await PostgresBench.Hand(committer, commit)).ShouldBe(CommitOutcome.Committed);
                Interlocked.Increment(ref committed);
            }

            return history;
        }

        Task GrowAsync(int more)
        {
            var goal = Interlocked.CompareExchange(ref committed, 0, 0) + more;
            return Eventually.ShouldBe(() => Interlocked.CompareExchange(ref committed, 0, 0) >= goal, Patience);
        }
    }

    [Fact]
    public async Task LoadsAfterARestart_WorkAgainWithoutARestartOfTheHost()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var bench = await PostgresBench.StartAsync(server);
        var author = new StreamAuthor("user/again");
        (await bench.WriteAsync(author.Commit(3))).ShouldBe(WriteOutcome.Committed);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => LoadAsync()));

        await server.StopAsync();
        await ShouldBeAwayAsync(bench);
        await server.RestartAsync();

        await Eventually.ShouldBe(async () =>
        {
            try
            {
                return await LoadAsync() == 3;
            }
            catch (LedgerUnavailableException)
            {
                return false;
            }
        });

        async Task<int> LoadAsync() =>
            (await bench.Ledger.LoadAsync([new LoadRequest(author.Stream, true)], CancellationToken.None))[0]
                .Tail.Count;
    }

    private static async Task ShouldBeAwayAsync(PostgresBench bench)
    {
        var clock = Stopwatch.StartNew();
        await Should.ThrowAsync<LedgerUnavailableException>(async () =>
            await bench.Ledger.ReadAsync(StreamId.Of("user/any"), 1, 1, CancellationToken.None));
        // What was sent on a connection that had died unnoticed is unknown; what needed a new one was never sent.
        (await bench.WriteAsync(new StreamAuthor("user/away").Commit()))
            .ShouldBeOneOf(WriteOutcome.NotWritten, WriteOutcome.Unknown);
        // What was sent on a connection that had died unnoticed is unknown; what needed a new one was never sent.
        (await bench.WriteAsync(new StreamAuthor("user/away").Commit()))
            .ShouldBeOneOf(WriteOutcome.NotWritten, WriteOutcome.Unknown);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }
}
