namespace Campaigns.Host.Testing;

/// <summary>
/// Section <c>Campaigns:Testing</c>: makes ledger and clock worse than they are, for tests that must see it. Refused
/// outside Development.
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

    /// <summary>
    /// A file that says by how many seconds the wall clock is wrong, read again and again. Null: it is right.
    /// </summary>
    public string? ClockFile { get; init; }

    public bool Any => EntriesPerSecond != 0 || ReplyBeforeCommit != TimeSpan.Zero || ClockFile is not null;
}
