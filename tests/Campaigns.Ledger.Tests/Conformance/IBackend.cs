namespace Campaigns.Ledger.Tests.Conformance;

/// <summary>One empty database of some kind, and how hosts and vandals get at it.</summary>
public interface IBackend : IAsyncDisposable
{
    Task StartAsync();

    /// <summary>The leases of the database, from <see cref="StartAsync"/> on.</summary>
    Ledger.Leases.ILeaseStore Leases { get; }

    /// <summary>Transactions that one ledger can have under way.</summary>
    int WriteConnections { get; }

    /// <summary>A connection as a further host would open it, to the same data.</summary>
    Task<ILedger> OpenAsync();

    /// <summary>Deletes all snapshots and segments behind the program's back.</summary>
    Task ClearSnapshotsAsync();

    /// <summary>Deletes one segment of a snapshot behind the program's back.</summary>
    Task DeleteSegmentAsync(Domain.Values.StreamId stream, int index);

    /// <summary>Adds one to a row's amount behind the program's back.</summary>
    Task AlterAmountAsync(Domain.Values.StreamId stream, long version);

    /// <summary>
    /// Leaves of a row's chain, credit or payload what cannot be read, or the nearest to that which the database takes.
    /// </summary>
    Task DamageAsync(Domain.Values.StreamId stream, long version, string column);

    /// <summary>Makes the cursor of a stream's snapshots one that nobody wrote.</summary>
    Task DamageCursorAsync(Domain.Values.StreamId stream);

    /// <summary>Deletes rows behind the program's back.</summary>
    Task RemoveAsync(IEnumerable<(Domain.Values.StreamId Stream, long Version)> rows);
}
