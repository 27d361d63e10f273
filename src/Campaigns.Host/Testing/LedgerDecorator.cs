using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Host.Testing;

/// <summary>A ledger whose writes are tampered with; whoever owns the inner one disposes of it.</summary>
internal abstract class LedgerDecorator(ILedger inner) : ILedger
{
    public abstract ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<Commit> batch, CancellationToken cancellation);

    public ValueTask<JournalProbe> ProbeAsync(
        IReadOnlyList<StreamId> streams,
        IReadOnlyList<(StreamId Stream, long Version)> entries,
        CancellationToken cancellation) => inner.ProbeAsync(streams, entries, cancellation);

    public virtual ValueTask<IReadOnlyList<StreamLoad>> LoadAsync(
        IReadOnlyList<LoadRequest> requests, CancellationToken cancellation) => inner.LoadAsync(requests, cancellation);

    public ValueTask<IReadOnlyList<Entry?>> EntriesAsync(
        IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation) =>
        inner.EntriesAsync(entries, cancellation);

    public ValueTask<IReadOnlyList<IReadOnlyList<Entry>>> CreditsAsync(
        IReadOnlyList<CreditRequest> requests, CancellationToken cancellation) =>
        inner.CreditsAsync(requests, cancellation);

    public ValueTask<IReadOnlyList<Entry>> ReadAsync(
        StreamId stream, long fromVersion, int limit, CancellationToken cancellation) =>
        inner.ReadAsync(stream, fromVersion, limit, cancellation);

    public ValueTask<TransferSlice> TransfersAsync(
        StreamId account, TransferCursor? before, int limit, CancellationToken cancellation) =>
        inner.TransfersAsync(account, before, limit, cancellation);

    public ValueTask<IJournalView> OpenViewAsync(CancellationToken cancellation) => inner.OpenViewAsync(cancellation);

    public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation) =>
        inner.SaveSnapshotAsync(snapshot, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
