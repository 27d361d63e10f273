namespace Campaigns.Ledger;

/// <summary>
/// The silo's one door to the journal. Gathers the commits that wait and writes them in one transaction per batch;
/// commits of one stream are written in the order in which they were enqueued.
/// </summary>
public interface IGroupCommitter
{
    /// <summary>
    /// Takes room for <paramref name="rows"/> entries in the bounded queue, or answers false at once when it is full;
    /// then the caller refuses with "overloaded" before it decides anything. Never blocks. Ends with <see
    /// cref="Enqueue"/> or
    /// <see cref="Release"/>.
    /// </summary>
    bool TryReserve(int rows);

    /// <summary>Gives back room that was reserved and is not needed.</summary>
    void Release(int rows);

    /// <summary>
    /// Enqueues a commit of at most <paramref name="reserved"/> entries into room taken before; what it does not use is
    /// given back. The task completes once the outcome is definite, however long that takes: an unknown outcome is
    /// resolved by asking the database, never guessed.
    /// </summary>
    Task<CommitOutcome> Enqueue(Commit commit, int reserved);
}
