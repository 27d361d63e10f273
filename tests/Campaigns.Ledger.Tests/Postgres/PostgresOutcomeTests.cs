using Campaigns.Ledger.GroupCommit;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Postgres;

/// <summary>
/// Rule 4: what a failed transaction is called is exact, so that nothing is written twice and nothing is lost.
/// </summary>
public sealed class PostgresOutcomeTests
{
    [Theory]
    [InlineData(Cut.BeforeInsert, 0)]
    [InlineData(Cut.InsideInsert, 0)]
    [InlineData(Cut.AfterInsert, 3)]
    [InlineData(Cut.SilenceAtInsert, 0)]
    public async Task ConnectionLost_IsUnknown(Cut cut, int rows)
    {
        CuttingProxy? proxy = null;
        await using var bench = await PostgresBench.StartAsync(adjust: options =>
        {
            proxy = new CuttingProxy(options.ConnectionString);
            return options with { ConnectionString = proxy.ConnectionString, WriteTimeout = TimeSpan.FromSeconds(3) };
        });
        using var network = proxy!;
        (await bench.WriteAsync(new StreamAuthor("user/before").Commit())).ShouldBe(WriteOutcome.Committed);
        var author = new StreamAuthor("user/cut");

        network.Cut = cut;
        var outcome = await bench.WriteAsync(author.Commit(3));
        network.Cut = Cut.None;

        outcome.ShouldBe(WriteOutcome.Unknown);
        (await bench.RowsAsync(author)).Count.ShouldBe(rows);
        (await bench.WriteAsync(new StreamAuthor("user/after").Commit())).ShouldBe(WriteOutcome.Committed);
    }

    [Fact]
    public async Task AnswersToCommitLost_CommitterWritesEachRowOnceAndTellsEveryCaller()
    {
        CuttingProxy? proxy = null;
        await using var bench = await PostgresBench.StartAsync(adjust: options =>
            options with { ConnectionString = (proxy = new CuttingProxy(options.ConnectionString)).ConnectionString });
        using var network = proxy!;
        await using var committer = await bench.StartCommitterAsync();
        var author = new StreamAuthor("user/answers-lost");
        var written = new List<Entry>();
        foreach (var cut in new[] { Cut.AfterInsert, Cut.InsideInsert, Cut.BeforeInsert, Cut.AfterInsert })
        {
            network.Cut = cut;
            var commits = Enumerable.Range(0, 5).Select(_ => author.Commit(2)).ToList();
            var outcomes = commits.Select(commit => PostgresBench.Hand(committer, commit)).ToList();
            if (cut == Cut.AfterInsert)
            {
                // Each batch arrives and is told so by the probe alone, while every answer to an insert is lost.
                await Task.WhenAll(outcomes).WaitAsync(TimeSpan.FromSeconds(30));
            }

            network.Cut = Cut.None;
            (await Task.WhenAll(outcomes).WaitAsync(TimeSpan.FromSeconds(30)))
                .ShouldAllBe(outcome => outcome == CommitOutcome.Committed);
            written.AddRange(commits.SelectMany(commit => commit.Entries));
        }

        (await bench.RowsAsync(author)).ShouldBeSame(written);
    }

    [Fact]
    public async Task CommitRefusedByTheServer_IsNotWritten()
    {
        await using var bench = await PostgresBench.StartAsync();
        await bench.OnInsertAsync(
            "constraint trigger meddle after insert on entries deferrable initially deferred for each row",
            "raise exception 'not today'");
        var author = new StreamAuthor("user/refused");

        (await bench.WriteAsync(author.Commit())).ShouldBe(WriteOutcome.NotWritten);

        (await bench.RowsAsync(author)).ShouldBeEmpty();
    }

    [Fact]
    public async Task BackendTerminatedWhileItWrites_IsUnknownAndTheNextWriteConnectsAgain()
    {
        await using var bench = await PostgresBench.StartAsync();
        await bench.OnInsertAsync("trigger meddle before insert on entries for each statement", "perform pg_sleep(4)");
        var author = new StreamAuthor("user/terminated");
        var commit = author.Commit(2);
        var write = bench.WriteAsync(commit);

        await Eventually.ShouldBe(async () => (await bench.AskAsync(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name like '% journal' and wait_event = 'PgSleep'
            """)).Count == 1);

        (await write).ShouldBe(WriteOutcome.Unknown);
        await bench.ExecuteAsync("drop trigger meddle on entries");
        (await bench.RowsAsync(author)).ShouldBeEmpty();
        (await bench.WriteAsync(commit)).ShouldBe(WriteOutcome.Committed);
    }

    [Fact]
    public async Task MissingTable_IsLoud()
    {
        await using var bench = await PostgresBench.StartAsync();
        await bench.ExecuteAsync("alter table entries rename to lost");

        var failure = await Should.ThrowAsync<Npgsql.PostgresException>(
            () => bench.WriteAsync(new StreamAuthor("user/lost").Commit()));

        failure.SqlState.ShouldBe(Npgsql.PostgresErrorCodes.UndefinedTable);
    }

    [Fact]
    public async Task Batch_IsOneTransaction()
    {
        await using var bench = await PostgresBench.StartAsync();
        await bench.WriteAsync([.. Enumerable.Range(0, 300).Select(i => new StreamAuthor($"user/one/{i}").Commit(3))]);

        (await bench.AskAsync("select distinct xmin::text from entries")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task StaleCommitsOfAQueue_AreAllFencedAndLeaveNoGap()
    {
        await using var bench = await PostgresBench.StartAsync();
        await using var committer = await bench.StartCommitterAsync(new GroupCommitOptions { BatchRows = 2 });
        var stale = new StreamAuthor("pool/stale");
        var sound = new StreamAuthor("pool/sound");
        var foreign = stale.Fork().Commit(1, "foreign");
        (await bench.WriteAsync(foreign)).ShouldBe(WriteOutcome.Committed);

        var fenced = Enumerable.Range(0, 9).Select(_ => PostgresBench.Hand(committer, stale.Commit())).ToList();
        var committed = PostgresBench.Hand(committer, sound.Commit(2));

        (await Task.WhenAll(fenced)).ShouldAllBe(outcome => outcome == CommitOutcome.Fenced);
        (await committed).ShouldBe(CommitOutcome.Committed);
        (await bench.RowsAsync(stale)).ShouldBeSame(foreign.Entries);
    }
}
