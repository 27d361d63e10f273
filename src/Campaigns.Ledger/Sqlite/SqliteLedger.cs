using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Sqlite;

/// <summary>
/// The journal in a SQLite file: write-ahead log, synchronous=FULL, one thread that writes and a few that read, so that
/// no thread of the pool waits for the disk.
/// </summary>
internal sealed class SqliteLedger : ILedger
{
    private readonly SqliteThreads _writer;
    private readonly SqliteThreads _readers;
    private readonly Func<SqliteThreads> _openView;

    public SqliteLedger(SqliteThreads writer, SqliteThreads readers, Func<SqliteThreads> openView)
    {
        _writer = writer;
        _readers = readers;
        _openView = openView;
    }

    public async ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        var sorted = CommitOrder.Sorted(batch);
        var ending = new SqliteWrite(sorted);
        try
        {
            return await _writer.RunAsync(ending.Run, cancellation);
        }
        catch (LedgerUnavailableException)
        {
            return ending.EndWasTried ? WriteOutcome.Unknown : WriteOutcome.NotWritten;
        }
    }

    public async ValueTask<JournalProbe> ProbeAsync(
        IReadOnlyList<StreamId> streams,
        IReadOnlyList<(StreamId Stream, long Version)> entries,
        CancellationToken cancellation) =>
        await ReadAsync(
            session => new JournalProbe(
                [.. streams.Select(session.Head)],
                [.. entries.Select(key => session.ChainOf(key.Stream, key.Version))]),
            cancellation);

    public async ValueTask<IReadOnlyList<StreamLoad>> LoadAsync(
        IReadOnlyList<LoadRequest> requests, CancellationToken cancellation) =>
        await ReadAsync<IReadOnlyList<StreamLoad>>(
            session => [.. requests.Select(session.Load)], cancellation);

    public async ValueTask<IReadOnlyList<Entry?>> EntriesAsync(
        IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation) =>
        await ReadAsync<IReadOnlyList<Entry?>>(
            session => [.. entries.Select(key => session.EntryAt(key.Stream, key.Version))], cancellation);

    public async ValueTask<IReadOnlyList<IReadOnlyList<Entry>>> CreditsAsync(
        IReadOnlyList<CreditRequest> requests, CancellationToken cancellation) =>
        await ReadAsync<IReadOnlyList<IReadOnlyList<Entry>>>(
            session => [.. requests.Select(request => session.Credits(request.Account, request.Cursor))],
            cancellation);

    public async ValueTask<IReadOnlyList<Entry>> ReadAsync(
        StreamId stream, long fromVersion, int limit, CancellationToken cancellation) =>
        await ReadAsync(session => session.Entries(stream, fromVersion, limit), cancellation);

    public async ValueTask<TransferSlice> TransfersAsync(
        StreamId account, TransferCursor? before, int limit, CancellationToken cancellation) =>
        await ReadAsync(session => session.Transfers(account, before, limit), cancellation);

    public async ValueTask<IJournalView> OpenViewAsync(CancellationToken cancellation) =>
        await SqliteView.OpenAsync(_openView(), cancellation);

    public async ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation) =>
        await _writer.RunAsync(
            session =>
            {
                session.Save(snapshot);
                return true;
            },
            cancellation);

    public async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
    }

    private Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation) =>
        _readers.RunAsync(session => session.Read(read), cancellation);
}
