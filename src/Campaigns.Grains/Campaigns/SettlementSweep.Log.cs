using Microsoft.Extensions.Logging;

namespace Campaigns.Grains.Campaigns;

internal static partial class SettlementSweepLog
{
    [LoggerMessage(1, LogLevel.Warning, "The pools of campaign {Campaign} could not be settled; asked again soon.")]
    public static partial void NotSettled(this ILogger log, string campaign, Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "The campaigns cannot be read; those that are over are settled later.")]
    public static partial void CampaignsUnknown(this ILogger log, Exception failure);
}
