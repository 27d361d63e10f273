using Campaigns.Contracts;
using Campaigns.Grains.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Campaigns.Grains.Campaigns;

/// <summary>
/// Wakes the campaigns that are over until their pools have given everything back; each silo runs one. It goes by the
/// silo's copies of campaigns, which follow the journal. A reminder would be a second record of what the journal says
/// already: one more table to keep, and lost where a host dies between the approval and the reminder.
/// </summary>
internal sealed class SettlementSweep(
    LiveCampaigns campaigns,
    IGrainFactory grains,
    JournalServices services,
    TimeProvider time,
    ILogger<SettlementSweep> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = SweepUntilAsync(_stop.Token);
        return Task.CompletedTask;
    }

    /// <summary>Does not wait: a settlement under way ends with its grains, and goes on where it is run next.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Cancel();
        return Task.CompletedTask;
    }

    public void Dispose() => _stop.Dispose();

    private async Task SweepUntilAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(services.Options.SettlementInterval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                await SweepAsync(stop);
            }
            catch (StaleCacheException stale) when (!stop.IsCancellationRequested)
            {
                log.CampaignsUnknown(stale);
            }
        }
    }

    private async Task SweepAsync(CancellationToken stop)
    {
        foreach (var campaign in await campaigns.AllAsync())
        {
            stop.ThrowIfCancellationRequested();
            if (!campaign.Definition.PoolsSettled && IsOver(campaign))
            {
                await SettleAsync(campaign.Id, stop);
            }
        }
    }

    private bool IsOver(LiveCampaign campaign) => campaign.Definition.EndedAt is not null
        || services.Time.GetUtcNow() >= campaign.Document.Schedule.End.ToDateTimeOffset();

    private async Task SettleAsync(string campaignId, CancellationToken stop)
    {
        try
        {
            await grains.Campaign(campaignId).Settle();
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            // One campaign's trouble must not keep the others' money; the next round asks again.
            log.NotSettled(campaignId, failure);
        }
    }
}
