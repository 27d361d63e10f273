using System.Diagnostics;
using Campaigns.Ledger.Postgres;
using Campaigns.Testing;
using Npgsql;

namespace Campaigns.Ledger.Tests.Postgres;

/// <summary>Rule 2: a writer that stopped in the middle of its transaction must not stall a sound one.</summary>
public sealed class PostgresLimitTests
{
    [Fact]
    public async Task EveryTransactionOfTheJournal_RunsWithItsLimitsWhateverElseIsConfigured()
    {
        await using var bench = await PostgresBench.StartAsync(adjust: options => options with
        {
            ConnectionString = options.ConnectionString + ";Options=-c lock_timeout=0 -c synchronous_commit=local",
        });
        await bench.ExecuteAsync(
            """
            do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end $$;
            create table seen (setting text);
            """);
        await bench.OnInsertAsync(
            "trigger meddle before insert on entries for each statement",
            """
            insert into seen select name || '=' || setting from pg_settings
            where name in ('synchronous_commit', 'lock_timeout', 'statement_timeout',
                'idle_in_transaction_session_timeout')
            """);

        (await bench.WriteAsync(new StreamAuthor("user/limits").Commit())).ShouldBe(WriteOutcome.Committed);

        (await bench.AskAsync("select setting from seen order by setting")).ShouldBe(
        [
            "idle_in_transaction_session_timeout=2000",
            "lock_timeout=500",
            "statement_timeout=5000",
            "synchronous_commit=on",
        ]);
    }

    [Fact]
    public async Task UncommittedRowOfAStoppedWriter_BlocksItsStreamAloneAndOnlyUntilTheServerEndsIt()
    {
        await using var bench = await PostgresBench.StartAsync();
        await using var other = new PostgresConnections(bench.Options);
        await using var stopped = await other.Write.OpenConnectionAsync();
        var blocked = new StreamAuthor("pool/blocked");
        await using var insert = new NpgsqlCommand(
            $"""
             begin;
             insert into entries (stream, version, at, kind, payload, chain)
             values ('{blocked.Stream}', 1, 1, 1, '', '{blocked.Stream}')
             """,
            stopped);
        await insert.ExecuteNonQueryAsync();
        var commit = blocked.Commit();

        var clock = Stopwatch.StartNew();
        (await bench.WriteAsync(commit)).ShouldBe(WriteOutcome.Blocked);
        clock.Elapsed.ShouldBeInRange(TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(4));
        (await bench.WriteAsync(new StreamAuthor("pool/free").Commit())).ShouldBe(WriteOutcome.Committed);

        await Eventually.ShouldBe(async () => await bench.WriteAsync(commit) == WriteOutcome.Committed);
        (await bench.RowsAsync(blocked)).ShouldBeSame(commit.Entries);
    }
}
