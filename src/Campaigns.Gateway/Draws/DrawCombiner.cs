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
    /// <summary>Of a shard, however many there are.</summary>
    private const int LeastQueue = 64;

    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Shard, PoolLane> _lanes = new();
    private long _refusedAt = long.MinValue;

    /// <summary>Whether a lane was full within the last second: only then is it worth asking before a draw.</summary>
    public bool HasRefusedLately =>
        Volatile.Read(ref _refusedAt) is > long.MinValue and var at && time.GetElapsedTime(at) < Lately;

    /// <summary>
    /// The shard's own reply; Overloaded at once where its queue is full, Unavailable where the call fails.
    /// </summary>
    public ValueTask<DrawReply> DrawAsync(string campaignId, ActivitySummary activity, int shard, PoolDraw draw)
    {
        var key = new Shard(campaignId, activity.Id, shard);
        return (_lanes.TryGetValue(key, out var lane) ? lane : Open(key, activity.Shards)).DrawAsync(draw);
    }

    private void Refused() => Volatile.Write(ref _refusedAt, time.GetTimestamp());

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

    private PoolLane Open(Shard shard, int shards)
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

        return _lanes.GetOrAdd(shard, Create, shards);
    }

    private PoolLane Create(Shard shard, int shards)
    {
        var pool = grains.PacketPool(shard.CampaignId, shard.ActivityId, shard.Number);
        var name = GrainKeys.Pool(shard.CampaignId, shard.ActivityId, shard.Number);
        var queue = Math.Max(options.Queue / shards, LeastQueue);
        return new PoolLane(pool, name, options, queue, limits, time, metrics, logger, Refused);
    }

    private readonly record struct Shard(string CampaignId, string ActivityId, int Number);
}
