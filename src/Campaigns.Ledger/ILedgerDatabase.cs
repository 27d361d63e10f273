using Campaigns.Ledger.Leases;

namespace Campaigns.Ledger;

/// <summary>
/// A database as a host opens it: first migrate, then check, then take the lease, then use the ledger. What makes it
/// unfit to serve is thrown as <see cref="DatabaseRefusedException"/> with one line for the operator.
/// </summary>
public interface ILedgerDatabase : IAsyncDisposable
{
    /// <summary>Where it is, without secrets; for messages.</summary>
    string Description { get; }

    /// <summary>The journal. Owned by this object.</summary>
    ILedger Ledger { get; }

    ILeaseStore Leases { get; }

    /// <summary>
    /// Brings the schema up to this program; safe to call from many hosts at once. Refuses a newer schema.
    /// </summary>
    ValueTask MigrateAsync(CancellationToken cancellation);

    /// <summary>Refuses a database whose settings could lose what was acknowledged.</summary>
    ValueTask CheckDurabilityAsync(CancellationToken cancellation);
}

/// <summary>
/// The database must not be used as it is. The message is one line that says why; trying again is of no use.
/// </summary>
public sealed class DatabaseRefusedException(string message, Exception? inner = null) : Exception(message, inner);
