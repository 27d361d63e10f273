using Campaigns.Domain.Values;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>A commit whose outcome is not yet definite, and who waits for it.</summary>
internal sealed class PendingCommit
{
    /// <summary>What an entry takes apart from its payload: fixed columns, row header, two index entries.</summary>
    private const int FixedBytesPerEntry = 200;

    private readonly CommitCapacity _capacity;
    private readonly TaskCompletionSource<CommitOutcome> _outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="ArgumentException">
    /// The commit is malformed: it could never be written, and would be retried for good.
    /// </exception>
    public PendingCommit(Commit commit, CommitCapacity capacity, long since)
    {
        Commit = commit;
        Since = since;
        _capacity = capacity;
        var version = commit.ExpectedVersion;
        foreach (var entry in commit.Entries)
        {
            if (entry.Stream != commit.Stream || entry.Version != ++version || entry.Unit?.Contains('\0') == true)
            {
                throw new ArgumentException($"Entry {entry.Version} does not belong in this commit.", nameof(commit));
            }

            Bytes += entry.Payload.Length + FixedBytesPerEntry;
        }

        Tail = new StreamHead(commit.Stream, version, commit.Entries[^1].Chain);
    }

    public Commit Commit { get; }

    /// <summary>Timestamp of its arrival.</summary>
    public long Since { get; }

    public StreamId Stream => Commit.Stream;

    public int Rows => Commit.Entries.Count;

    public long Bytes { get; }

    /// <summary>Where the stream stands once this is durable.</summary>
    public StreamHead Tail { get; }

    public Task<CommitOutcome> Outcome => _outcome.Task;

    /// <summary>Whether this commit continues what that one wrote: the same activation, with nothing between.</summary>
    public bool Follows(PendingCommit earlier) =>
        Commit.ExpectedVersion == earlier.Tail.Version && Commit.ExpectedChain == earlier.Tail.Chain;

    public void End(CommitOutcome outcome)
    {
        _capacity.Release(Rows, Bytes);
        _outcome.SetResult(outcome);
    }
}
