using System.Globalization;
using System.Runtime.CompilerServices;
using Campaigns.Domain.Values;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>One read-only transaction with cursors, so that memory stays bounded and reads may alternate.</summary>
internal sealed class PostgresView : IJournalView
{
    private const int EntriesPerPage = 2_000;
    private const int SnapshotsPerPage = 20;

    private readonly NpgsqlConnection _connection;
    private int _cursors;

    private PostgresView(NpgsqlConnection connection) => _connection = connection;

    public static async Task<PostgresView> OpenAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        var view = new PostgresView(await source.OpenConnectionAsync(cancellation));
        try
        {
            // The snapshot is that of the first query, not of "begin".
            await view.ExecuteAsync("begin isolation level repeatable read read only", cancellation);

            // Thousands of single rows are looked up here: a plan that reads the whole table for them is never right.
            await view.ExecuteAsync(
                "set local enable_hashjoin = off; set local enable_mergejoin = off; set local jit = off", cancellation);
            await view.ExecuteAsync("select 1 from entries limit 1", cancellation);
            return view;
        }
        catch
        {
            await view.DisposeAsync();
            throw;
        }
    }

    public IAsyncEnumerable<Entry> EntriesAsync(CancellationToken cancellation) =>
        PagesAsync(
            $"select {PostgresRows.Columns} from entries e order by e.stream, e.version",
            EntriesPerPage,
            row => PostgresRows.Entry(row),
            cancellation);

    public IAsyncEnumerable<Snapshot> SnapshotsAsync(CancellationToken cancellation) =>
        PagesAsync(
            """
            select stream, format, version, chain, cursor_streams, cursor_versions, state, array(
                select g.bytes from snapshot_segments g
                where g.stream = s.stream and g.format = s.format and g.ordinal < s.segments order by g.ordinal)
            from snapshots s
            where cardinality(s.cursor_streams) = cardinality(s.cursor_versions) and s.segments = (
                select count(*) from snapshot_segments g
                where g.stream = s.stream and g.format = s.format and g.ordinal < s.segments)
            order by stream, version
            """,
            SnapshotsPerPage,
            row => PostgresRows.Snapshot(
                row, 0, [.. row.GetFieldValue<byte[][]>(7).Select(bytes => (ReadOnlyMemory<byte>)bytes)]),
            cancellation);

    public ValueTask<IReadOnlyList<Chain?>> ChainsAsync(
        IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation) =>
        PostgresFailures.GuardAsync(
            async () =>
            {
                await using var batch = new NpgsqlBatch(_connection);
                batch.BatchCommands.Add(PostgresLedger.Keys(PostgresQueries.Chains, entries));
                await using var rows = await batch.ExecuteReaderAsync(cancellation);
                return await PostgresLedger.ChainsAsync(rows, entries.Count, cancellation);
            },
            cancellation);

    public ValueTask<IReadOnlyList<Entry>> ReadAsync(
        StreamId stream, long fromVersion, int limit, CancellationToken cancellation) =>
        PostgresFailures.GuardAsync<IReadOnlyList<Entry>>(
            async () =>
            {
                await using var command = new NpgsqlCommand(PostgresQueries.Read, _connection);
                command.Parameters.AddWithValue(stream.ToUuid());
                command.Parameters.AddWithValue(fromVersion);
                command.Parameters.AddWithValue((long)limit);
                return await PostgresRows.EntriesAsync(command, cancellation);
            },
            cancellation);

    public ValueTask<IReadOnlyList<Entry>> CreditsAsync(StreamId account, CancellationToken cancellation) =>
        PostgresFailures.GuardAsync(
            async () =>
            {
                await using var batch = new NpgsqlBatch(_connection);
                batch.BatchCommands.Add(PostgresLoad.Credits(
                    [new CreditRequest(account, new Dictionary<StreamId, long>())]));
                await using var rows = await batch.ExecuteReaderAsync(cancellation);
                return (await PostgresLoad.CreditsAsync(rows, 1, cancellation))[0];
            },
            cancellation);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async IAsyncEnumerable<T> PagesAsync<T>(
        string sql,
        int perPage,
        Func<NpgsqlDataReader, T> read,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var cursor = string.Create(CultureInfo.InvariantCulture, $"view_{++_cursors}");
        await PostgresFailures.GuardAsync(
            () => ExecuteAsync($"declare {cursor} no scroll cursor for {sql}", cancellation), cancellation);
        var fetch = string.Create(CultureInfo.InvariantCulture, $"fetch {perPage} from {cursor}");
        List<T> page;
        do
        {
            page = await PostgresFailures.GuardAsync(() => FetchAsync(fetch, read, cancellation), cancellation);
            foreach (var row in page)
            {
                yield return row;
            }
        }
        while (page.Count == perPage);
    }

    private async Task<List<T>> FetchAsync<T>(
        string fetch, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(fetch, _connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var page = new List<T>();
        while (await rows.ReadAsync(cancellation))
        {
            page.Add(read(rows));
        }

        return page;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
