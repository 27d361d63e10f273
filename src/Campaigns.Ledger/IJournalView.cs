using Campaigns.Domain.Values;

namespace Campaigns.Ledger;

/// <summary>
/// The database as it was at one instant. The enumerations may be under way at the same time, but the view serves one
/// caller: its methods are not to be called concurrently. Memory stays bounded however large the journal is.
/// </summary>
public interface IJournalView : IAsyncDisposable
{
    /// <summary>Every entry in (stream, version) order.</summary>
    IAsyncEnumerable<Entry> EntriesAsync(CancellationToken cancellation);

    /// <summary>
    /// Every snapshot in (stream, version) order that has all its segments, also where the journal does not confirm it.
    /// </summary>
    IAsyncEnumerable<Snapshot> SnapshotsAsync(CancellationToken cancellation);

    /// <summary>The chains of the named entries, in the order asked; null where there is no such entry.</summary>
    ValueTask<IReadOnlyList<Chain?>> ChainsAsync(
        IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation);

    /// <summary>
    /// Up to <paramref name="limit"/> entries of one stream from <paramref name="fromVersion"/> on, in order.
    /// </summary>
    ValueTask<IReadOnlyList<Entry>> ReadAsync(
        StreamId stream, long fromVersion, int limit, CancellationToken cancellation);

    /// <summary>Every entry of another stream that credits the account, ordered by (stream, version).</summary>
    ValueTask<IReadOnlyList<Entry>> CreditsAsync(StreamId account, CancellationToken cancellation);
}
