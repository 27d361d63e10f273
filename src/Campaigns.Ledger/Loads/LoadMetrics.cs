using System.Diagnostics.Metrics;
using Campaigns.Ledger.GroupCommit;

namespace Campaigns.Ledger.Loads;

/// <summary>Shows how many reads share a query: far more than one while many grains wake at once.</summary>
internal static class LoadMetrics
{
    private static readonly Meter Meter = new(GroupCommitter.MeterName);

    private static readonly Histogram<int> Requests = Meter.CreateHistogram(
        "campaigns.ledger.load.requests", "{request}", "Reads of the journal in one query.", null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    public static void Asked(int requests) => Requests.Record(requests);
}
