using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Volatile;

internal sealed class VolatileView(VolatileJournal copy) : IJournalView
{
    public async IAsyncEnumerable<Entry> EntriesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await ValueTask.CompletedTask;
        foreach (var entry in copy.AllEntries())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    public async IAsyncEnumerable<Snapshot> SnapshotsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await ValueTask.CompletedTask;
        foreach (var snapshot in copy.AllSnapshots())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return snapshot;
        }
    }

    public ValueTask<IReadOnlyList<Chain?>> ChainsAsync(
        IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation) =>
        new(copy.Probe([], entries).Chains);

    public ValueTask<IReadOnlyList<Entry>> ReadAsync(
        StreamId stream, long fromVersion, int limit, CancellationToken cancellation) =>
        new(copy.Read(stream, fromVersion, limit));

    public ValueTask<IReadOnlyList<Entry>> CreditsAsync(StreamId account, CancellationToken cancellation) =>
        new(copy.Credits([new CreditRequest(account, new Dictionary<StreamId, long>())])[0]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
