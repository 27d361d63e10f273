using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Volatile;

/// <summary>
/// One host's connection to a <see cref="VolatileJournal"/>. Deterministic: it completes synchronously unless a hook
/// makes it wait, and fails only as a hook says. Nothing survives the process.
/// </summary>
public sealed class VolatileLedger(VolatileJournal journal) : ILedger
{
    public VolatileLedger()
        : this(new VolatileJournal())
    {
    }

    public VolatileJournal Journal => journal;

    /// <summary>Called before each write, for delays and faults.</summary>
    public Func<IReadOnlyList<Commit>, ValueTask<WriteFault>>? OnWrite { get; set; }

    /// <summary>Called before each read, for delays; it may throw <see cref="LedgerUnavailableException"/>.</summary>
    public Func<ValueTask>? OnRead { get; set; }

    public async ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var fault = OnWrite is null ? WriteFault.None : await OnWrite(batch);
        switch (fault)
        {
            case WriteFault.None:
                return journal.Append(batch);
            case WriteFault.Conflict:
                return WriteOutcome.Conflict;
            case WriteFault.NotWritten:
                return WriteOutcome.NotWritten;
            case WriteFault.Blocked:
                return WriteOutcome.Blocked;
            case WriteFault.UnknownCommitted:
                journal.Append(batch);
                return WriteOutcome.Unknown;
            case WriteFault.UnknownNotCommitted:
                return WriteOutcome.Unknown;
            default:
                throw new InvalidOperationException($"The hook answered {fault}, which is no fault.");
        }
    }

    public ValueTask<JournalProbe> ProbeAsync(
        IReadOnlyList<StreamId> streams,
        IReadOnlyList<(StreamId Stream, long Version)> entries,
        CancellationToken cancellation) =>
        ReadAsync(() => journal.Probe(streams, entries), cancellation);

    public ValueTask<IReadOnlyList<StreamLoad>> LoadAsync(
        IReadOnlyList<LoadRequest> requests, CancellationToken cancellation) =>
        ReadAsync(() => journal.Load(requests), cancellation);

    public ValueTask<IReadOnlyList<Entry?>> EntriesAsync(
        IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation) =>
        ReadAsync(() => journal.Entries(entries), cancellation);

    public ValueTask<IReadOnlyList<IReadOnlyList<Entry>>> CreditsAsync(
        IReadOnlyList<CreditRequest> requests, CancellationToken cancellation) =>
        ReadAsync(() => journal.Credits(requests), cancellation);

    public ValueTask<IReadOnlyList<Entry>> ReadAsync(
        StreamId stream, long fromVersion, int limit, CancellationToken cancellation) =>
        ReadAsync(() => journal.Read(stream, fromVersion, limit), cancellation);

    public ValueTask<TransferSlice> TransfersAsync(
        StreamId account, TransferCursor? before, int limit, CancellationToken cancellation) =>
        ReadAsync(() => journal.Transfers(account, before, limit), cancellation);

    public ValueTask<IJournalView> OpenViewAsync(CancellationToken cancellation) =>
        ReadAsync<IJournalView>(() => new VolatileView(journal.Copy()), cancellation);

    public async ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (OnRead is not null)
        {
            await OnRead();
        }

        journal.Save(snapshot);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (OnRead is not null)
        {
            await OnRead();
        }

        return read();
    }
}
