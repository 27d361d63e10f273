namespace Campaigns.Ledger;

/// <summary>
/// The silo's one door to the journal. Gathers the commits that wait and writes them in one transaction per batch;
/// commits of one stream are written in the order in which they were enqueued.
/// </summary>
public interface IGroupCommitter
{
    /// <summary>
    /// Enqueues a commit, or answers false at once when the bounded queue is full; then nothing was taken and the
    /// caller refuses with "overloaded". Never blocks. On true, <paramref name="outcome"/> completes once the outcome is
    /// definite, however long that takes: an unknown outcome is resolved by asking the database, never guessed.
    /// </summary>
    bool TryEnqueue(Commit commit, out Task<CommitOutcome> outcome);
}
