namespace Campaigns.Ledger.Sqlite;

/// <summary>How a SQLite file is opened.</summary>
public sealed record SqliteOptions
{
    /// <summary>The database file; its folder is made when it is missing.</summary>
    public required string Path { get; init; }

    /// <summary>Threads that read, each with its connection. Two let a large load not stop the small ones.</summary>
    public int Readers { get; init; } = 2;

    /// <summary>Calls that may wait for a thread; beyond it they fail at once as unavailable.</summary>
    public int QueueLimit { get; init; } = 10_000;

    /// <summary>How long a statement waits for another process's lock; the same as PostgreSQL's lock timeout.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Page cache of each connection in bytes: the inner pages of a journal of some 10 million rows.</summary>
    public int CacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Bytes of the file that are mapped for reading; 0 maps none, as a failing disk then is an error and no signal.
    /// </summary>
    public long MapBytes { get; init; }

    /// <summary>
    /// Pages of 4 KB in the write-ahead log before a commit moves them into the file: 16 MB, so that a page that many
    /// batches touch is moved once.
    /// </summary>
    public int CheckpointPages { get; init; } = 4_000;
}
