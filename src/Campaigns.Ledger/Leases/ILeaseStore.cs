namespace Campaigns.Ledger.Leases;

/// <summary>
/// Named leases in a database. Each method is one short statement; failing for lack of the database throws
/// <see cref="LedgerUnavailableException"/>.
/// </summary>
public interface ILeaseStore
{
    /// <summary>
    /// Takes a lease that is free, has expired by the database's clock, or still stands as <paramref name="dead"/> was
    /// seen; null when somebody else holds it. Time to live in milliseconds.
    /// </summary>
    ValueTask<LeaseRow?> TryAcquireAsync(
        string name, string holder, TimeSpan timeToLive, LeaseRow? dead, CancellationToken cancellation);

    /// <summary>
    /// Extends the holder's lease, also one that has expired and that nobody took; false when somebody else took it or
    /// it is gone.
    /// </summary>
    ValueTask<bool> RenewAsync(string name, string holder, TimeSpan timeToLive, CancellationToken cancellation);

    /// <summary>The lease as it stands, or null when it is free.</summary>
    ValueTask<LeaseRow?> ReadAsync(string name, CancellationToken cancellation);

    /// <summary>Gives the lease back; does nothing when somebody else holds it.</summary>
    ValueTask ReleaseAsync(string name, string holder, CancellationToken cancellation);
}

/// <param name="Holder">Who holds it, readable for operators; unique per start of a host.</param>
/// <param name="Stamp">Grows with each renewal.</param>
public readonly record struct LeaseRow(string Holder, long Stamp);
