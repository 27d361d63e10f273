using System.Globalization;
using System.Text.RegularExpressions;
using Campaigns.Domain.Values;
using Campaigns.Ledger.Postgres;
using Campaigns.Testing;
using Npgsql;

namespace Campaigns.Ledger.Tests.Postgres;

/// <summary>How the journal's rows look to PostgreSQL itself, and what its queries cost.</summary>
public sealed class PostgresReadTests
{
    [Fact]
    public async Task IdsAndChains_AreTheirHexadecimalDigitsToTheServerAndSortAlike()
    {
        await using var bench = await PostgresBench.StartAsync();
        var ids = new[] { "0f", "10", "7f", "80", "f0" }
            .Select(first => StreamId.Parse(first + "0123456789abcdef0123456789abcd"))
            .ToList();
        var commits = ids.Select(id => new StreamAuthor(StreamAuthor.Key, id).Transfer(ids[0], 5)).ToList();
        (await bench.WriteAsync([.. commits])).ShouldBe(WriteOutcome.Committed);

        var rows = await bench.AskAsync(
            "select replace(concat_ws(' ', stream, credit, chain), '-', '') from entries order by stream");

        rows.ShouldBe(commits.Select(commit =>
            $"{commit.Stream} {commit.Entries[0].Credit} {commit.Entries[0].Chain}"));
    }

    [Theory]
    [InlineData(PostgresQueries.Credits, "entries_credit")]
    [InlineData(PostgresQueries.Unread, "entries_credit")]
    [InlineData(PostgresTransfers.Query, "entries_credit")]
    [InlineData(PostgresTransfers.Query, "entries_pkey")]
    [InlineData(PostgresQueries.Unread, "entries_pkey")]
    [InlineData(PostgresQueries.Heads, "entries_pkey")]
    public async Task EveryReadOfTheJournal_GoesByItsIndex(string query, string index)
    {
        await using var bench = await PostgresBench.StartAsync();
        await using var connections = new PostgresConnections(bench.Options);
        await using var command = connections.Load.CreateCommand("explain " + query);
        foreach (var value in ValuesOf(query))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var plan = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            plan.Add(rows.GetString(0));
        }

        plan.ShouldContain(line => UsesIndex(line, index), string.Join('\n', plan));
        plan.ShouldNotContain(line => line.Contains("Seq Scan on entries", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PageOfAStatement_CostsTheSameAtItsEndAsAtItsBeginning()
    {
        await using var bench = await PostgresBench.StartAsync();
        var (user, pool) = (new StreamAuthor("user/long-statement"), new StreamAuthor("pool/long-statement"));
        for (var i = 0; i < 5_000; i += 500)
        {
            pool.At++;
            user.At++;
            var draft = new Draft(new byte[8], user.Stream, Units.Cash, 1);
            var commit = pool.Commit([.. Enumerable.Repeat(draft, 500)]);
            (await bench.WriteAsync(commit, user.Commit([.. Enumerable.Repeat(draft, 500)])))
                .ShouldBe(WriteOutcome.Committed);
        }

        await bench.AskAsync("analyze entries");
        var newest = await RowsReadAsync(bench, user.Stream, TransferCursor.Newest);
        var oldest = await RowsReadAsync(
            bench, user.Stream, new TransferCursor(user.At - 9, StreamId.Of("pool/long-statement"), 300));

        newest.ShouldBeInRange(11, 400);
        oldest.ShouldBeInRange(11, 400);
    }

    /// <summary>Rows of the journal that one slice of ten makes the server look at, used or not.</summary>
    private static async Task<double> RowsReadAsync(PostgresBench bench, StreamId account, TransferCursor place)
    {
        await using var connections = new PostgresConnections(bench.Options);
        await using var command = connections.Load.CreateCommand(
            "explain (analyze, timing off) " + PostgresTransfers.Query);
        foreach (var value in (object[])[account.ToUuid(), place.At, place.Stream.ToUuid(), place.Version, 11L, 200L])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var (read, loops) = (0.0, 1.0);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var line = rows.GetString(0);
            if (Regex.Match(line, @"Scan .*on entries.*actual rows=([\d.]+) loops=(\d+)") is { Success: true } scan)
            {
                loops = double.Parse(scan.Groups[2].Value, CultureInfo.InvariantCulture);
                read += loops * double.Parse(scan.Groups[1].Value, CultureInfo.InvariantCulture);
            }
            else if (Regex.Match(line, @"Rows Removed by Filter: (\d+)") is { Success: true } removed)
            {
                read += loops * double.Parse(removed.Groups[1].Value, CultureInfo.InvariantCulture);
            }
        }

        return read;
    }

    [Fact]
    public async Task EveryLoad_IsOneReadSnapshotWhateverElseIsConfigured()
    {
        await using var bench = await PostgresBench.StartAsync(adjust: options => options with
        {
            ConnectionString = options.ConnectionString + ";Options=-c default_transaction_isolation=serializable",
        });
        await using var connections = new PostgresConnections(bench.Options);
        await using var command = connections.Load.CreateCommand(
            "select current_setting('transaction_isolation') || ', ' || current_setting('transaction_read_only')");

        (await command.ExecuteScalarAsync()).ShouldBe("repeatable read, on");
    }

    [Fact]
    public async Task CreditsOfALoad_AreOfTheSameInstantAsItsTail()
    {
        await using var bench = await PostgresBench.StartAsync();
        var (user, pool) = (new StreamAuthor("user/instant"), new StreamAuthor("pool/instant"));
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync();
        try
        {
            for (var i = 0; i < 200; i++)
            {
                var load = (await bench.Ledger.LoadAsync(
                    [new LoadRequest(user.Stream, true)], CancellationToken.None))[0];
                load.Credits.Count.ShouldBe(load.Tail.Count);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await writing;
        }

        async Task WriteAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                (await bench.WriteAsync(user.Commit(), pool.Transfer(user.Stream, 1))).ShouldBe(WriteOutcome.Committed);
            }
        }
    }

    private static bool UsesIndex(string line, string index) =>
        line.Contains($"using {index} ", StringComparison.Ordinal)
        || line.Contains($"Bitmap Index Scan on {index} ", StringComparison.Ordinal);

    private static object[] ValuesOf(string query)
    {
        var (id, ids) = (Guid.NewGuid(), new[] { Guid.NewGuid() });
        return query switch
        {
            PostgresQueries.Credits => [ids, new long[] { 1 }, ids, new long[] { 7 }],
            PostgresQueries.Unread => [ids, new int?[] { null }, new[] { true }],
            PostgresTransfers.Query => [id, 7L, id, 1L, 10L, 200L],
            _ => [ids],
        };
    }
}
