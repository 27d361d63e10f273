using System.Runtime.CompilerServices;
using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Sqlite;

/// <summary>One read transaction on a thread and a session of its own; rows come over in pages.</summary>
internal sealed class SqliteView : IJournalView
{
    private const int EntriesPerPage = 1_000;
    private const int SnapshotsPerPage = 20;

    private readonly SqliteThreads _thread;

    private SqliteView(SqliteThreads thread) => _thread = thread;

    public static async Task<SqliteView> OpenAsync(SqliteThreads thread, CancellationToken cancellation)
    {
        var view = new SqliteView(thread);
        try
        {
            await thread.RunAsync(
                session =>
                {
                    session.Use("begin").Run();

                    // The snapshot is that of the first read, not of "begin".
                    return session.Head(StreamId.None);
                },
                cancellation);
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
            SqliteReads.AllEntries,
            EntriesPerPage,
            (_, row) => SqliteReads.EntryOf(row),
            cancellation);

    public IAsyncEnumerable<Snapshot> SnapshotsAsync(CancellationToken cancellation) =>
        PagesAsync(SqliteSnapshots.AllSnapshots, SnapshotsPerPage, SqliteSnapshots.SnapshotOf, cancellation);

    public async ValueTask<IReadOnlyList<Chain?>> ChainsAsync(
        IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation) =>
        await _thread.RunAsync<IReadOnlyList<Chain?>>(
            session => [.. entries.Select(key => session.ChainOf(key.Stream, key.Version))], cancellation);

    public async ValueTask<IReadOnlyList<Entry>> ReadAsync(
        StreamId stream, long fromVersion, int limit, CancellationToken cancellation) =>
        await _thread.RunAsync(session => session.Entries(stream, fromVersion, limit), cancellation);

    public async ValueTask<IReadOnlyList<Entry>> CreditsAsync(StreamId account, CancellationToken cancellation) =>
        await _thread.RunAsync(
            session => session.Credits(account, new Dictionary<StreamId, long>()), cancellation);

    public ValueTask DisposeAsync() => _thread.DisposeAsync();

    private async IAsyncEnumerable<T> PagesAsync<T>(
        string sql,
        int perPage,
        Func<SqliteSession, SqliteStatement, T?> read,
        [EnumeratorCancellation] CancellationToken cancellation)
        where T : class
    {
        var rows = await _thread.RunAsync(session => session.Prepare(sql), cancellation);
        try
        {
            List<T?> page;
            do
            {
                page = await _thread.RunAsync(
                    session =>
                    {
                        var taken = new List<T?>(perPage);
                        while (taken.Count < perPage && rows.Step())
                        {
                            taken.Add(read(session, rows));
                        }

                        return taken;
                    },
                    cancellation);
                foreach (var row in page.OfType<T>())
                {
                    yield return row;
                }
            }
            while (page.Count == perPage);
        }
        finally
        {
            await _thread.RunAsync(
                _ =>
                {
                    rows.Dispose();
                    return true;
                },
                CancellationToken.None);
        }
    }
}
