using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Campaigns.Contracts;

namespace Campaigns.Grains.Pools;

/// <summary>
/// What the pools that are awake in this silo have, in fen, by campaign and activity; silos add up. A pool reports with
/// its timer, some seconds late.
/// </summary>
internal sealed class PoolMetrics : IDisposable
{
    private readonly Meter _meter = new("Campaigns.Grains");
    private readonly ConcurrentDictionary<string, Amounts> _pools = new(StringComparer.Ordinal);

    public PoolMetrics()
    {
        Gauge("campaigns.pool.funded", "Money that pools were given.", amounts => amounts.Funded);
        Gauge("campaigns.pool.remaining", "Money that can still be drawn.", amounts => amounts.Remaining);
        Gauge("campaigns.pool.issued", "Money that was drawn: how the budget burns.", amounts => amounts.Issued);
    }

    public void Report(string pool, long funded, long remaining, long issued) =>
        _pools[pool] = new Amounts(funded, remaining, issued);

    public void Forget(string pool) => _pools.TryRemove(pool, out _);

    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string description, Func<Amounts, long> amount) =>
        _meter.CreateObservableGauge(name, () => Observe(amount), "{fen}", description);

    private List<Measurement<long>> Observe(Func<Amounts, long> amount) =>
    [
        .. _pools
            .Select(pool => (Key: GrainKeys.ParsePool(pool.Key), Amount: amount(pool.Value)))
            .GroupBy(pool => (pool.Key.CampaignId, pool.Key.ActivityId))
            .Select(pool => new Measurement<long>(
                pool.Sum(shard => shard.Amount),
                new KeyValuePair<string, object?>("campaign", pool.Key.CampaignId),
                new KeyValuePair<string, object?>("activity", pool.Key.ActivityId))),
    ];

    private readonly record struct Amounts(long Funded, long Remaining, long Issued);
}
