using Campaigns.Contracts;
using Microsoft.Extensions.Hosting;

namespace Campaigns.Grains.Campaigns;

/// <summary>
/// The silo's copies of approved campaigns; see <see cref="CampaignCache{T}"/> for how old one may be.
/// </summary>
internal sealed class LiveCampaigns(IGrainFactory grains, CampaignCacheOptions options, TimeProvider time)
    : IHostedService, IDisposable
{
    private readonly CampaignCache<LiveCampaign> _cache = new(
        grains,
        async (campaignId, version) => await grains.Campaign(campaignId).GetDefinition(version) is { } definition
            ? LiveCampaign.From(definition)
            : null,
        options,
        time);

    private readonly CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;

    /// <summary>Null where no such campaign was approved; throws <see cref="StaleCacheException"/>.</summary>
    public ValueTask<LiveCampaign?> GetAsync(string campaignId) => _cache.GetAsync(campaignId);

    public ValueTask<IReadOnlyList<LiveCampaign>> AllAsync() => _cache.AllAsync();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _following = _cache.FollowAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Cancel();
        try
        {
            await _following;
        }
        catch (OperationCanceledException)
        {
            // Stopped as asked.
        }
    }

    public void Dispose() => _stop.Dispose();
}
