using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Campaigns.Contracts;

namespace Campaigns.Grains.Pools;

/// <summary>
/// What the pools and stocks that are awake in this silo have, by campaign, activity and unit; silos add up. Each
/// reports with its timer, some seconds late.
/// </summary>
internal sealed class PoolMetrics : IDisposable
{
    private readonly Meter _meter = new("Campaigns.Grains");
    private readonly ConcurrentDictionary<string, AccountBalance[]> _pools = new(StringComparer.Ordinal);

    public PoolMetrics()
    {
        Gauge("campaigns.pool.funded", "What pools and stocks were given.", account => account.Funded);
        Gauge("campaigns.pool.remaining", "What can still be drawn or held.", account => account.Remaining);
        Gauge("campaigns.pool.issued", "What was drawn or paid: how the budget burns.", account => account.Issued);
    }

    /// <param name="pool">Key of the grain.</param>
    /// <param name="accounts">One for each unit that it has.</param>
    public void Report(string pool, params AccountBalance[] accounts) => _pools[pool] = accounts;

    public void Forget(string pool) => _pools.TryRemove(pool, out _);

    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string description, Func<AccountBalance, long> amount) =>
        _meter.CreateObservableGauge(name, () => Observe(amount), "{unit}", description);

    private List<Measurement<long>> Observe(Func<AccountBalance, long> amount) =>
    [
        .. _pools
            .SelectMany(pool => pool.Value, (pool, account) => (Key: GrainKeys.ParsePool(pool.Key), Account: account))
            .GroupBy(pool => (pool.Key.CampaignId, pool.Key.ActivityId, pool.Account.Unit))
            .Select(pool => new Measurement<long>(
                pool.Sum(shard => amount(shard.Account)),
                new KeyValuePair<string, object?>("campaign", pool.Key.CampaignId),
                new KeyValuePair<string, object?>("activity", pool.Key.ActivityId),
                new KeyValuePair<string, object?>("unit", pool.Key.Unit))),
    ];
}
