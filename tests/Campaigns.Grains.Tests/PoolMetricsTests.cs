using System.Diagnostics.Metrics;
using Campaigns.Contracts;
using Campaigns.Grains.Pools;

namespace Campaigns.Grains.Tests;

public sealed class PoolMetricsTests
{
    [Fact]
    public async Task PoolsAndStocks_ReportWhatTheyHave_ByUnit()
    {
        await using var silo = await TestSilo.StartAsync(grains: new GrainOptions
        {
            SettlementInterval = TimeSpan.FromMilliseconds(20),
            ExpiryInterval = TimeSpan.FromMilliseconds(20),
        });
        await silo.OpenAsync(Pools.Plain(silo, count: 6, total: 600).Budget("discounts", 1_000_000).Add(
            """
            {"id": "metered", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}],
             "perUserPerDay": 2, "stock": 10, "merchants": ["*"], "holdFor": "PT15M"}
            """));

        var reserved = await silo.Grains.Order("shop", "a").Reserve(
            new ReserveCommand("ada", "m1", "night", "metered", 10_000, 77));

        reserved.Outcome.ShouldBe(Outcome.Done);
        await Calls.EventuallyAsync(
            () => Read("campaigns.pool.remaining", "metered").SequenceEqual([("discount", 18_000), ("pieces", 9)]),
            "the stock reports its hold");
        Read("campaigns.pool.funded", "metered").ShouldBe([("discount", 20_000), ("pieces", 10)]);
    }

    [Fact]
    public void PoolThatIsForgotten_IsNoLongerReported()
    {
        using var metrics = new PoolMetrics();
        metrics.Report(GrainKeys.Pool("c", "forgotten", 0), Of("cash", 5), Of("pieces", 3));
        metrics.Report(GrainKeys.Pool("c", "forgotten", 1), Of("cash", 7));
        Read("campaigns.pool.remaining", "forgotten").ShouldBe([("cash", 12), ("pieces", 3)]);

        metrics.Forget(GrainKeys.Pool("c", "forgotten", 0));

        Read("campaigns.pool.remaining", "forgotten").ShouldBe([("cash", 7)]);
    }

    private static AccountBalance Of(string unit, long amount) => new("", unit, amount, amount, 0, 0, 0);

    /// <summary>What one instrument reports of one activity now, in the order of units.</summary>
    private static List<(string Unit, long Value)> Read(string instrument, string activity)
    {
        var read = new List<(string, long)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (found, self) =>
            {
                if (found.Name == instrument)
                {
                    self.EnableMeasurementEvents(found);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var labels = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value);
            if (labels["activity"] == activity)
            {
                read.Add((labels["unit"]!, value));
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. read.Order()];
    }
}
