namespace Campaigns.Ledger.Postgres;

/// <summary>How a PostgreSQL database is used.</summary>
public sealed record PostgresOptions
{
    /// <summary>An Npgsql connection string to a primary, version 15 or newer.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Connections that write the journal: one per lane of the group committer.</summary>
    public int WriteConnections { get; init; } = 1;

    /// <summary>
    /// Connections that load: more than the coalescer's concurrent queries, as statements of users read too.
    /// </summary>
    public int LoadConnections { get; init; } = 8;

    /// <summary>Connections for snapshots and leases.</summary>
    public int UpkeepConnections { get; init; } = 4;

    /// <summary>
    /// Time to open a connection, whole seconds: a server that does not answer must not hold a write for longer than a
    /// caller's patience of 2 s by much, a busy one needs some of it to start a process.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Time for one transaction of the journal, seen from here. Longer than the server's own statement timeout of 5 s,
    /// which answers while the network is sound.
    /// </summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Time for one read: a pool with a million entries and no snapshot takes some seconds.</summary>
    public TimeSpan LoadTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
