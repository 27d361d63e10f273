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
    [InlineData(PostgresQueries.LoadedCredits, "entries_credit")]
    [InlineData(PostgresQueries.Transfers, "entries_credit")]
    [InlineData(PostgresQueries.Tails, "entries_pkey")]
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
            PostgresQueries.LoadedCredits => [ids, new int?[] { null }, new[] { true }],
            PostgresQueries.Transfers => [id, 7L, id, 1L, 10L],
            PostgresQueries.Tails => [ids, new int?[] { 1 }],
            _ => [ids],
        };
    }
}
