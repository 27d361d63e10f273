using System.Collections.Concurrent;
using Campaigns.Contracts;
using Campaigns.Gateway.Hosting;
using Microsoft.Extensions.Logging;

namespace Campaigns.Gateway.Draws;

/// <summary>The lanes to all pool shards.</summary>
internal sealed class DrawCombiner(
    IGrainFactory grains,
    DrawOptions options,
    LimitOptions limits,
    TimeProvider time,
    DrawMetrics metrics,
    ILogger<PoolLane> logger)
{
    private readonly ConcurrentDictionary<Shard, PoolLane> _lanes = new();

    /// <summary>
    /// The shard's own reply; Overloaded at once where its queue is full, Unavailable where the call fails.
    /// </summary>
    public ValueTask<DrawReply> DrawAsync(string campaignId, string activityId, int shard, PoolDraw draw)
    {
        var key = new Shard(campaignId, activityId, shard);
        return (_lanes.TryGetValue(key, out var lane) ? lane : Open(key)).DrawAsync(draw);
    }

    /// <summary>Whether none of the pool's shards would take a draw now.</summary>
    public bool IsFull(string campaignId, ActivitySummary activity)
    {
        for (var shard = 0; shard < activity.Shards; shard++)
        {
            if (!_lanes.TryGetValue(new Shard(campaignId, activity.Id, shard), out var lane) || !lane.IsFull)
            {
                return false;
            }
        }

        return activity.Shards > 0;
    }

    private PoolLane Open(Shard shard)
    {
        if (_lanes.Count >= options.Lanes)
        {
            // A draw that still holds a dropped lane is sent by it as before, only not together with others.
            foreach (var (key, lane) in _lanes)
            {
                if (lane.IsIdle)
                {
                    _lanes.TryRemove(key, out _);
                }
            }
        }

        return _lanes.GetOrAdd(shard, Create);
    }

    private PoolLane Create(Shard shard)
    {
        var pool = grains.PacketPool(shard.CampaignId, shard.ActivityId, shard.Number);
        return new PoolLane(pool, options, limits, time, metrics, logger);
    }

    private readonly record struct Shard(string CampaignId, string ActivityId, int Number);
}
