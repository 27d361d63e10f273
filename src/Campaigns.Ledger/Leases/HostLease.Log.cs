using Microsoft.Extensions.Logging;

namespace Campaigns.Ledger.Leases;

internal static partial class HostLeaseLog
{
    [LoggerMessage(20, LogLevel.Information, "Lease {Name} is taken by {Holder}.")]
    public static partial void LeaseTaken(this ILogger log, string name, string holder);

    [LoggerMessage(21, LogLevel.Information, "Lease {Name} is held by {Holder}; watching whether that host is alive.")]
    public static partial void LeaseHeld(this ILogger log, string name, string holder);

    [LoggerMessage(22, LogLevel.Critical, "Lease {Name} was taken by another host: this host must stop.")]
    public static partial void LeaseLost(this ILogger log, string name);

    [LoggerMessage(23, LogLevel.Warning, "Lease {Name} could not be renewed; trying again.")]
    public static partial void LeaseNotRenewed(this ILogger log, Exception exception, string name);

    [LoggerMessage(24, LogLevel.Warning, "Lease {Name} could not be given back; it expires by itself.")]
    public static partial void LeaseNotReleased(this ILogger log, Exception exception, string name);
}
