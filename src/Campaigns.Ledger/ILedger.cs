using Campaigns.Domain.Values;

namespace Campaigns.Ledger;

/// <summary>
/// A database that holds the journal. Every method is safe to call concurrently. A method that fails for lack of the
/// database throws <see cref="LedgerUnavailableException"/>; it may be tried again.
/// </summary>
public interface ILedger : IAsyncDisposable
{
    /// <summary>
    /// Writes all commits in one transaction, sorted by (stream, version), or nothing. The answer is never a guess:
    /// a connection lost while the transaction ends is <see cref="WriteOutcome.Unknown"/>.
    /// </summary>
    ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<Commit> batch, CancellationToken cancellation);

    /// <summary>
    /// The heads of the named streams and the chains of the named entries, each in the order asked, in one query and
    /// of one instant: what is needed to tell a commit that arrived from one that did not.
    /// </summary>
    ValueTask<JournalProbe> ProbeAsync(
        IReadOnlyList<StreamId> streams,
        IReadOnlyList<(StreamId Stream, long Version)> entries,
        CancellationToken cancellation);

    /// <summary>Loads many streams in one round trip and one read snapshot, in the order asked.</summary>
    ValueTask<IReadOnlyList<StreamLoad>> LoadAsync(
        IReadOnlyList<LoadRequest> requests, CancellationToken cancellation);

    /// <summary>The named entries in one query, in the order asked; null where there is no such entry.</summary>
    ValueTask<IReadOnlyList<Entry?>> EntriesAsync(
        IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation);

    /// <summary>
    /// For each account the credits that other streams wrote behind its cursor, ordered by (stream, version); one
    /// query, answers in the order asked.
    /// </summary>
    ValueTask<IReadOnlyList<IReadOnlyList<Entry>>> CreditsAsync(
        IReadOnlyList<CreditRequest> requests, CancellationToken cancellation);

    /// <summary>
    /// Up to <paramref name="limit"/> entries of one stream from <paramref name="fromVersion"/> on, in order.
    /// </summary>
    ValueTask<IReadOnlyList<Entry>> ReadAsync(
        StreamId stream, long fromVersion, int limit, CancellationToken cancellation);

    /// <summary>
    /// Up to <paramref name="limit"/> transfers that an account's own stream wrote or that credit it, newest first,
    /// older than <paramref name="before"/> in the order (At, Stream, Version); for a user's statement. The cost is
    /// that of a slice, wherever it lies: own entries that move nothing are passed over, but only so many at a time,
    /// so that a slice may be short, or empty, without being the last.
    /// </summary>
    ValueTask<TransferSlice> TransfersAsync(
        StreamId account, TransferCursor? before, int limit, CancellationToken cancellation);

    /// <summary>
    /// One read snapshot of the whole database, for audit and export. Dispose it soon: it holds a connection.
    /// </summary>
    ValueTask<IJournalView> OpenViewAsync(CancellationToken cancellation);

    /// <summary>Keeps a snapshot unless a newer one of its format exists. Losing one costs time, never truth.</summary>
    ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation);
}

/// <summary>How one transaction of the journal has ended.</summary>
public enum WriteOutcome
{
    /// <summary>Never a valid answer.</summary>
    None = 0,

    Committed,

    /// <summary>Nothing was written: a row with one of the primary keys exists.</summary>
    Conflict,

    /// <summary>Nothing was written: the database refused or was away before the transaction's end was sent.</summary>
    NotWritten,

    /// <summary>
    /// Nothing was written: a row of another writer that has not ended its transaction stood in the way for longer
    /// than the lock timeout. Commits of other streams are not concerned.
    /// </summary>
    Blocked,

    /// <summary>The transaction's end was sent, its answer never came: all or nothing was written.</summary>
    Unknown,
}

/// <summary>The database could not be asked. Retryable.</summary>
public sealed class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
