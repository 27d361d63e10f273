using Campaigns.Ledger.GroupCommit;
using Campaigns.Ledger.Postgres;
using Campaigns.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Campaigns.Ledger.Tests.Postgres;

/// <summary>A migrated database of a test's own on a real server.</summary>
internal sealed class PostgresBench : IAsyncDisposable
{
    private PostgresBench(string owner) => Owner = owner;

    /// <summary>The connection string of the owner of the tables.</summary>
    public string Owner { get; }

    public PostgresOptions Options { get; private init; } = null!;

    public PostgresDatabase Database { get; private init; } = null!;

    public ILedger Ledger => Database.Ledger;

    public static async Task<PostgresBench> StartAsync(
        PostgresServer? server = null, Func<PostgresOptions, PostgresOptions>? adjust = null)
    {
        var owner = await (server ?? await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        var options = new PostgresOptions { ConnectionString = owner };
        await using (var database = new PostgresDatabase(options))
        {
            await database.MigrateAsync(CancellationToken.None);
        }

        options = adjust?.Invoke(options) ?? options;
        return new PostgresBench(owner) { Options = options, Database = new PostgresDatabase(options) };
    }

    public async Task<WriteOutcome> WriteAsync(params Commit[] batch) =>
        await Ledger.WriteAsync(batch, CancellationToken.None);

    public async Task<IReadOnlyList<Entry>> RowsAsync(StreamAuthor author) =>
        await Ledger.ReadAsync(author.Stream, 1, int.MaxValue, CancellationToken.None);

    /// <summary>Runs a statement as the owner.</summary>
    public Task<int> ExecuteAsync(string sql) => PostgresServer.ExecuteAsync(Owner, sql);

    /// <summary>The first column of a query's rows as the owner sees them.</summary>
    public async Task<List<string>> AskAsync(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(Owner + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var answers = new List<string>();
        while (await rows.ReadAsync())
        {
            answers.Add(rows.GetValue(0).ToString()!);
        }

        return answers;
    }

    /// <summary>
    /// Runs plpgsql in every transaction of the journal, at the point that <paramref name="when"/> names.
    /// </summary>
    public Task<int> OnInsertAsync(string when, string plpgsql) => ExecuteAsync(
        $"""
         create function meddle() returns trigger language plpgsql as $$ begin {plpgsql}; return null; end $$;
         create {when} execute function meddle()
         """);

    public async Task<GroupCommitter> StartCommitterAsync(GroupCommitOptions? options = null)
    {
        var committer = new GroupCommitter("bench", new GroupCommitServices(
            Ledger,
            StreamAuthor.Key,
            options ?? new GroupCommitOptions(),
            TimeProvider.System,
            NullLogger<GroupCommitter>.Instance,
            TaskScheduler.Default));
        await committer.StartAsync(CancellationToken.None);
        return committer;
    }

    public static Task<CommitOutcome> Hand(GroupCommitter committer, Commit commit)
    {
        committer.TryReserve(commit.Entries.Count).ShouldBeTrue();
        return committer.Enqueue(commit, commit.Entries.Count);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
