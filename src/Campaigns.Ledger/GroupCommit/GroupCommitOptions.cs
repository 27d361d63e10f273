namespace Campaigns.Ledger.GroupCommit;

/// <summary>Bounds and times of a <see cref="GroupCommitter"/>.</summary>
public sealed record GroupCommitOptions
{
    /// <summary>
    /// Transactions that are under way at the same time, each for its share of the streams. One fills a small
    /// database's disk; more help where the commit waits for a remote standby.
    /// </summary>
    public int Lanes { get; init; } = 1;

    /// <summary>
    /// Entries that are reserved, waiting or being written: about a second of what one database can take.
    /// </summary>
    public int QueueRows { get; init; } = 20_000;

    /// <summary>
    /// Bytes of entries that are waiting or being written, about; bounds memory when payloads are large.
    /// </summary>
    public long QueueBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// While a commit has waited in its lane for longer than this, nothing is reserved: whoever came would not be
    /// answered within a caller's 2 s of patience.
    /// </summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Entries of one transaction: some 20 ms of PostgreSQL. A caller waits for two of them at most.</summary>
    public int BatchRows { get; init; } = 1_000;

    /// <summary>Bytes of one transaction, about; a single larger commit travels alone.</summary>
    public int BatchBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// How long to wait for company before a batch. None: while one batch is written the next one gathers.
    /// </summary>
    public TimeSpan Linger { get; init; } = TimeSpan.Zero;

    /// <summary>First pause after the database failed; doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Longest pause between two tries: a database that is back is noticed within a caller's 2 s of patience.
    /// </summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Pause before a stream is tried again whose key another writer holds uncommitted. Each try costs its lane the
    /// lock timeout of 500 ms, and the holder's own timeouts end it within 5 s.
    /// </summary>
    public TimeSpan StalledPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a stop waits for what is queued; less than what service supervisors wait before they kill.
    /// </summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Failed activations that are remembered, 100 bytes each; see <see cref="FencedMemory"/>.</summary>
    public int FencedLineages { get; init; } = 100_000;

    /// <summary>
    /// How long a failed activation is remembered at least; it notices its failure within one turn. When more than
    /// <see cref="FencedLineages"/> are younger, nothing is accepted.
    /// </summary>
    public TimeSpan FencedMemory { get; init; } = TimeSpan.FromMinutes(10);
}
