namespace Campaigns.Host.Testing;

/// <summary>
/// Section <c>Campaigns:Testing</c>: makes the ledger worse than it is, for tests that must see it. Refused outside
/// Development.
/// </summary>
internal sealed record TestingSettings
{
    /// <summary>
    /// Holds the ledger down to this many entries per second, those of the committer itself not counted; a draw is one
    /// entry. 0: as fast as it can.
    /// </summary>
    public int EntriesPerSecond { get; init; }

    /// <summary>
    /// Says "committed" at once and writes this much later: whoever dies meanwhile loses what it has acknowledged.
    /// Zero: as it should be.
    /// </summary>
    public TimeSpan ReplyBeforeCommit { get; init; }

    public bool Any => EntriesPerSecond != 0 || ReplyBeforeCommit != TimeSpan.Zero;
}
