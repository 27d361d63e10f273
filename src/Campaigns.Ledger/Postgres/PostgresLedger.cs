using Campaigns.Domain.Values;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>
/// The journal in PostgreSQL: one insert a batch on connections of its own, loads in one round trip on others.
/// </summary>
internal sealed class PostgresLedger(PostgresConnections connections, PostgresOptions options) : ILedger
{
    private readonly JournalConnections _journal = new(connections.Write, options.WriteConnections);

    public async ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<Commit> batch, CancellationToken cancellation) =>
        await new PostgresWrite(_journal, options.WriteTimeout).RunAsync(CommitOrder.Sorted(batch), cancellation);

    public ValueTask<JournalProbe> ProbeAsync(
        IReadOnlyList<StreamId> streams,
        IReadOnlyList<(StreamId Stream, long Version)> entries,
        CancellationToken cancellation) =>
        PostgresFailures.GuardAsync(
            async () =>
            {
                await using var batch = connections.Load.CreateBatch();
                batch.BatchCommands.Add(Command(PostgresQueries.Heads, Uuids(streams)));
                batch.BatchCommands.Add(Keys(PostgresQueries.Chains, entries));
                await using var rows = await batch.ExecuteReaderAsync(cancellation);
                var heads = new List<StreamHead>(streams.Count);
                while (await rows.ReadAsync(cancellation))
                {
                    var stream = streams[heads.Count];
                    heads.Add(rows.IsDBNull(0)
                        ? new StreamHead(stream, 0, Chain.Start)
                        : new StreamHead(stream, rows.GetInt64(0), rows.GetGuid(1).ToChain()));
                }

                await rows.NextResultAsync(cancellation);
                return new JournalProbe(heads, await ChainsAsync(rows, entries.Count, cancellation));
            },
            cancellation);

    public ValueTask<IReadOnlyList<StreamLoad>> LoadAsync(
        IReadOnlyList<LoadRequest> requests, CancellationToken cancellation) =>
        PostgresFailures.GuardAsync(
            () => PostgresLoad.RunAsync(connections.Load, requests, cancellation), cancellation);

    public ValueTask<IReadOnlyList<Entry?>> EntriesAsync(
        IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation) =>
        PostgresFailures.GuardAsync<IReadOnlyList<Entry?>>(
            async () =>
            {
                await using var batch = connections.Load.CreateBatch();
                batch.BatchCommands.Add(Keys(PostgresQueries.Entries, entries));
                await using var rows = await batch.ExecuteReaderAsync(cancellation);
                var found = new Entry?[entries.Count];
                while (await rows.ReadAsync(cancellation))
                {
                    found[rows.GetInt64(0) - 1] = PostgresRows.Entry(rows, 1);
                }

                return found;
            },
            cancellation);

    public ValueTask<IReadOnlyList<IReadOnlyList<Entry>>> CreditsAsync(
        IReadOnlyList<CreditRequest> requests, CancellationToken cancellation) =>
        PostgresFailures.GuardAsync(
            async () =>
            {
                await using var batch = connections.Load.CreateBatch();
                batch.BatchCommands.Add(PostgresLoad.Credits(requests));
                await using var rows = await batch.ExecuteReaderAsync(cancellation);
                return await PostgresLoad.CreditsAsync(rows, requests.Count, cancellation);
            },
            cancellation);

    public ValueTask<IReadOnlyList<Entry>> ReadAsync(
        StreamId stream, long fromVersion, int limit, CancellationToken cancellation) =>
        PostgresFailures.GuardAsync<IReadOnlyList<Entry>>(
            async () =>
            {
                await using var command = connections.Load.CreateCommand(PostgresQueries.Read);
                command.Parameters.AddWithValue(stream.ToUuid());
                command.Parameters.AddWithValue(fromVersion);
                command.Parameters.AddWithValue((long)limit);
                return await PostgresRows.EntriesAsync(command, cancellation);
            },
            cancellation);

    public ValueTask<TransferSlice> TransfersAsync(
        StreamId account, TransferCursor? before, int limit, CancellationToken cancellation) =>
        PostgresFailures.GuardAsync(
            () => PostgresTransfers.ReadAsync(connections.Load, account, before, limit, cancellation), cancellation);

    public ValueTask<IJournalView> OpenViewAsync(CancellationToken cancellation) =>
        PostgresFailures.GuardAsync<IJournalView>(
            async () => await PostgresView.OpenAsync(connections.Plain, cancellation), cancellation);

    public async ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation) =>
        await PostgresFailures.GuardAsync(
            async () =>
            {
                await using var batch = connections.Upkeep.CreateBatch();
                var (stream, order) = (snapshot.Stream.ToUuid(), snapshot.Cursor.OrderBy(pair => pair.Key).ToList());
                batch.BatchCommands.Add(Command(
                    PostgresQueries.SaveSegments,
                    stream,
                    snapshot.Format,
                    snapshot.FirstSegment,
                    snapshot.Segments.Select(segment => segment.ToArray()).ToArray()));
                batch.BatchCommands.Add(Command(
                    PostgresQueries.SaveSnapshot,
                    stream,
                    snapshot.Format,
                    snapshot.Version,
                    snapshot.Chain.ToUuid(),
                    order.Select(pair => pair.Key.ToUuid()).ToArray(),
                    order.Select(pair => pair.Value).ToArray(),
                    snapshot.State.ToArray(),
                    snapshot.FirstSegment + snapshot.Segments.Count));
                return await batch.ExecuteNonQueryAsync(cancellation);
            },
            cancellation);

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await connections.DisposeAsync();
    }

    internal static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    internal static NpgsqlBatchCommand Keys(string sql, IReadOnlyList<(StreamId Stream, long Version)> keys) =>
        Command(sql, Uuids(keys.Select(key => key.Stream)), keys.Select(key => key.Version).ToArray());

    internal static async Task<IReadOnlyList<Chain?>> ChainsAsync(
        NpgsqlDataReader rows, int count, CancellationToken cancellation)
    {
        var chains = new List<Chain?>(count);
        while (await rows.ReadAsync(cancellation))
        {
            chains.Add(rows.IsDBNull(0) ? null : rows.GetGuid(0).ToChain());
        }

        return chains;
    }

    private static Guid[] Uuids(IEnumerable<StreamId> streams) => [.. streams.Select(stream => stream.ToUuid())];
}
