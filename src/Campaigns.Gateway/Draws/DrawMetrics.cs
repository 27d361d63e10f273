using System.Diagnostics.Metrics;
using Campaigns.Contracts;
using Campaigns.Gateway.Metrics;

namespace Campaigns.Gateway.Draws;

/// <summary>Instruments of the way to the pools; outcomes are the only label.</summary>
internal sealed class DrawMetrics
{
    private static readonly InstrumentAdvice<int> BatchSizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256],
    };

    private readonly UpDownCounter<int> _queued;
    private readonly Histogram<int> _batch;
    private readonly Counter<long> _draws;

    public DrawMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Campaigns.Gateway");
        _queued = meter.CreateUpDownCounter<int>(
            "campaigns.gateway.draws.queued", "{draw}", "Draws waiting for a pool shard");
        _batch = meter.CreateHistogram(
            "campaigns.gateway.draws.batch", "{draw}", "Draws in one call to a pool shard", null, BatchSizes);
        _draws = meter.CreateCounter<long>("campaigns.gateway.draws", "{draw}", "Draws answered, by outcome");
    }

    public void Queued(int change) => _queued.Add(change);

    public void Sent(int draws) => _batch.Record(draws);

    public void Answered(Outcome outcome) => _draws.Add(1, OutcomeMetrics.Label(outcome));
}
