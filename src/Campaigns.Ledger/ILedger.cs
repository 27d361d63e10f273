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

    /// <summary>The heads of all named streams in one query, in the order asked.</summary>
    ValueTask<IReadOnlyList<StreamHead>> HeadsAsync(IReadOnlyList<StreamId> streams, CancellationToken cancellation);

    /// <summary>The chains of the named entries, in the order asked; null where there is no such entry.</summary>
    ValueTask<IReadOnlyList<Chain?>> ChainsAsync(
        IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation);

    /// <summary>Loads many streams in one round trip and one read snapshot, in the order asked.</summary>
    ValueTask<IReadOnlyList<StreamLoad>> LoadAsync(
        IReadOnlyList<LoadRequest> requests, CancellationToken cancellation);

    /// <summary>The credits of one account behind the cursor, ordered by (stream, version).</summary>
    ValueTask<IReadOnlyList<Entry>> CreditsAsync(
        StreamId account, IReadOnlyDictionary<StreamId, long> cursor, CancellationToken cancellation);

    /// <summary>Up to <paramref name="limit"/> entries of one stream from <paramref name="fromVersion"/> on, in order.</summary>
    ValueTask<IReadOnlyList<Entry>> ReadAsync(
        StreamId stream, long fromVersion, int limit, CancellationToken cancellation);

    /// <summary>
    /// Transfers that an account's own stream wrote or that credit it, newest first, older than
    /// <paramref name="before"/> in the order (At, Stream, Version); for a user's statement.
    /// </summary>
    ValueTask<IReadOnlyList<Entry>> TransfersAsync(
        StreamId account, TransferCursor? before, int limit, CancellationToken cancellation);

    /// <summary>Every entry in (stream, version) order, in one read snapshot of the database; for audit and export.</summary>
    IAsyncEnumerable<Entry> ScanAsync(CancellationToken cancellation);

    /// <summary>Every snapshot of the same instant as a scan would see; for audit.</summary>
    IAsyncEnumerable<Snapshot> ScanSnapshotsAsync(CancellationToken cancellation);

    /// <summary>Keeps a snapshot. Losing one costs time, never truth.</summary>
    ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation);
}

/// <summary>A place in an account's statement.</summary>
public readonly record struct TransferCursor(long At, StreamId Stream, long Version);

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

    /// <summary>The transaction's end was sent, its answer never came: all or nothing was written.</summary>
    Unknown,
}

/// <summary>The database could not be asked. Retryable.</summary>
public sealed class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
