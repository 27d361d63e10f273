using System.Globalization;
using Campaigns.Host.Settings;
using Campaigns.Ledger;
using Campaigns.Ledger.Leases;

namespace Campaigns.Host.Databases;

/// <summary>Keeps a second host off the database, for as long as this one runs.</summary>
internal static class ExclusiveUse
{
    /// <summary>
    /// Throws <see cref="DatabaseRefusedException"/> where a live host holds the lease; waits out that of a dead one.
    /// Null where the settings do without.
    /// </summary>
    public static async Task<HostLease?> TakeAsync(
        ILedgerDatabase database, HostSettings settings, ILoggerFactory logs, CancellationToken stop)
    {
        if (!settings.Lease)
        {
            return null;
        }

        var holder = string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.MachineName}/{Environment.ProcessId}/{TimeProvider.System.GetUtcNow():yyyyMMddTHHmmss}");
        return await HostLease.AcquireAsync(
            database.Leases,
            "host",
            holder,
            new LeaseOptions { WaitForLive = settings.LeaseWait },
            TimeProvider.System,
            logs.CreateLogger<HostLease>(),
            stop);
    }
}
