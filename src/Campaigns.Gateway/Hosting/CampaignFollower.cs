using Campaigns.Contracts;
using Microsoft.Extensions.Hosting;

namespace Campaigns.Gateway.Hosting;

/// <summary>Keeps the process's campaign summaries close behind the directory.</summary>
internal sealed class CampaignFollower(CampaignCache<CampaignSummary> campaigns) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await campaigns.FollowAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
