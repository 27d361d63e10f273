using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using Campaigns.Contracts;
using Campaigns.Gateway.Metrics;
using Campaigns.Gateway.Tests.Hosts;
using Campaigns.Testing;

namespace Campaigns.Gateway.Tests.Metrics;

public sealed partial class MetricsTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Page_ParsesAndHoldsOurMetricsAndTheServers()
    {
        host.Cluster.OnPoolDraw = (_, batch) => Task.FromResult(new DrawReplies(
            Array.ConvertAll(batch.Draws, _ => new DrawReply(Outcome.Exhausted))));
        await host.Client.DrawAsync("secret-user");

        var page = await host.Client.GetAsync("/metrics");

        page.Headers["Content-Type"].ShouldStartWith("text/plain; version=0.0.4");
        var samples = Parse(page.Text);
        samples["campaigns_gateway_draws_total{outcome=\"Exhausted\"}"].ShouldBeGreaterThanOrEqualTo(1);
        samples["campaigns_gateway_draws_batch_count"].ShouldBeGreaterThanOrEqualTo(1);
        // Listeners hear the instruments of all hosts of a process: the tests' other hosts may have draws that wait.
        await Eventually.ShouldBe(async () =>
            Parse((await host.Client.GetAsync("/metrics")).Text)["campaigns_gateway_draws_queued"] == 0);
        samples.Keys.ShouldContain(name =>
            name.StartsWith("http_server_request_duration_seconds_bucket", StringComparison.Ordinal)
            && name.Contains("http_route=\"/v1/campaigns/{c}/activities/{a}/draws\"", StringComparison.Ordinal));
        samples.Keys.ShouldContain(name => name.StartsWith("kestrel_active_connections", StringComparison.Ordinal));
        page.Text.ShouldNotContain("secret-user");
    }

    [Fact]
    public async Task CheckInsAndDiscounts_AreCountedByOutcome_AndNameNobody()
    {
        host.Cluster.OnCheckIn = (_, _) => Task.FromResult(new CheckInReply(Outcome.WrongDay));
        host.Cluster.OnOrder = (_, verb, _) => verb == "Refund"
            ? Task.FromException<OrderReply>(new TimeoutException())
            : Task.FromResult(new OrderReply(Outcome.Expired));
        var before = Parse((await host.Client.GetAsync("/metrics")).Text);

        await host.Client.SendAsync(
            "POST", "/v1/campaigns/night/activities/daily/check-ins", host.Tokens.User("secret-user"));
        var partner = host.Tokens.Partner();
        await host.Client.SendAsync(
            "POST", "/v1/partner/discounts/secret-order/confirm", partner, """{"paymentId":"p-1","paid":8000}""");
        await host.Client.SendAsync(
            "POST", "/v1/partner/discounts/secret-order/refund", partner, """{"refundId":"r-1","amount":10}""");

        var page = (await host.Client.GetAsync("/metrics")).Text;
        var after = Parse(page);
        foreach (var counter in (string[])
            [
                "campaigns_gateway_checkins_total{outcome=\"WrongDay\"}",
                "campaigns_gateway_discounts_total{verb=\"confirm\",outcome=\"Expired\"}",
                "campaigns_gateway_discounts_total{verb=\"refund\",outcome=\"Unavailable\"}",
            ])
        {
            after[counter].ShouldBeGreaterThan(before.GetValueOrDefault(counter), counter);
        }

        page.ShouldNotContain("secret");
    }

    [Fact]
    public void Instruments_AreShownAsTheirKind()
    {
        using var meter = new Meter("Campaigns.Tests.Kinds");
        using var collector = new MetricsCollector(Options("Campaigns.Tests.Kinds"));
        var counter = meter.CreateCounter<long>("done", "{thing}");
        var level = meter.CreateUpDownCounter<int>("level");
        var gauge = meter.CreateGauge<double>("heat.now", "s");
        var histogram = meter.CreateHistogram("took", "s", "How \\ long", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [1, 2],
        });
        meter.CreateObservableCounter("seen", () => 7L);
        var odd = new KeyValuePair<string, object?>("a b", "x\"\\\n");
        meter.CreateObservableGauge("size", () => new Measurement<long>(3, odd), "By");
        counter.Add(2, new KeyValuePair<string, object?>("ok", true));
        counter.Add(3, new KeyValuePair<string, object?>("ok", true));
        level.Add(5);
        level.Add(-2);
        gauge.Record(1);
        gauge.Record(0.25);
        foreach (var value in (double[])[0.5, 1, 1.5, 9])
        {
            histogram.Record(value);
        }

        var text = PrometheusText.Write(collector);
        text = PrometheusText.Write(collector);

        var samples = Parse(text);
        samples["done_total{ok=\"true\"}"].ShouldBe(5);
        samples["level"].ShouldBe(3);
        samples["heat_now_seconds"].ShouldBe(0.25);
        samples["took_seconds_bucket{le=\"1\"}"].ShouldBe(2);
        samples["took_seconds_bucket{le=\"2\"}"].ShouldBe(3);
        samples["took_seconds_bucket{le=\"+Inf\"}"].ShouldBe(4);
        samples["took_seconds_sum"].ShouldBe(12);
        samples["took_seconds_count"].ShouldBe(4);
        samples["seen_total"].ShouldBe(7);
        samples["size_bytes{a_b=\"x\\\"\\\\\\n\"}"].ShouldBe(3);
        text.ShouldContain("# TYPE took_seconds histogram");
        text.ShouldContain("# TYPE level gauge");
        text.ShouldContain("# HELP took_seconds How \\\\ long");
    }

    [Fact]
    public void LabelSetsBeyondTheBound_AreCountedAsDropped()
    {
        using var meter = new Meter("Campaigns.Tests.Bound");
        using var collector = new MetricsCollector(Options("Campaigns.Tests.Bound", series: 10));
        var counter = meter.CreateCounter<long>("c");
        for (var i = 0; i < 100; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("i", i % 50));
        }

        var samples = Parse(PrometheusText.Write(collector));

        samples.Count(sample => sample.Key.StartsWith("c_total", StringComparison.Ordinal)).ShouldBe(10);
        samples["campaigns_metrics_dropped_total"].ShouldBe(80);
    }

    [Fact]
    public void ObservedLevels_AreShownWhileTheyAreReported_AndGiveTheirRoomBack()
    {
        using var meter = new Meter("Campaigns.Tests.Levels");
        using var collector = new MetricsCollector(Options("Campaigns.Tests.Levels", series: 5));
        var pools = new Dictionary<string, long> { ["a"] = 1, ["b"] = 2 };
        meter.CreateObservableGauge("left", () => pools.Select(pool => Of(pool.Value, pool.Key)));
        meter.CreateObservableUpDownCounter("open", () => pools.Select(pool => Of(pool.Value, pool.Key)));
        meter.CreateCounter<long>("done").Add(1);
        Parse(PrometheusText.Write(collector)).Keys.ShouldBe(
            ["done_total", "left{pool=\"a\"}", "left{pool=\"b\"}", "open{pool=\"a\"}", "open{pool=\"b\"}",
                "campaigns_metrics_dropped_total"],
            ignoreOrder: true);

        pools.Remove("a");
        pools["b"] = 3;
        var samples = Parse(PrometheusText.Write(collector));

        samples.Keys.ShouldBe(
            ["done_total", "left{pool=\"b\"}", "open{pool=\"b\"}", "campaigns_metrics_dropped_total"],
            ignoreOrder: true);
        samples["left{pool=\"b\"}"].ShouldBe(3);
        foreach (var campaign in Enumerable.Range(0, 20))
        {
            pools.Clear();
            pools[$"new-{campaign}"] = campaign;
            PrometheusText.Write(collector);
            Parse(PrometheusText.Write(collector))[$"left{{pool=\"new-{campaign}\"}}"].ShouldBe(campaign);
        }

        Parse(PrometheusText.Write(collector))["campaigns_metrics_dropped_total"].ShouldBe(0);

        static Measurement<long> Of(long value, string pool) =>
            new(value, new KeyValuePair<string, object?>("pool", pool));
    }

    [Fact]
    public void ObservedCounter_StaysWhereItIsNotReported()
    {
        using var meter = new Meter("Campaigns.Tests.Observed");
        using var collector = new MetricsCollector(Options("Campaigns.Tests.Observed"));
        var measurements = new List<Measurement<long>> { new(7) };
        meter.CreateObservableCounter("seen", () => measurements);
        Parse(PrometheusText.Write(collector))["seen_total"].ShouldBe(7);

        measurements.Clear();

        Parse(PrometheusText.Write(collector))["seen_total"].ShouldBe(7);
    }

    [Fact]
    public void MeterThatEnds_GivesItsRoomBack()
    {
        using var collector = new MetricsCollector(Options("Campaigns.Tests.Ended", series: 1));
        for (var i = 0; i < 3; i++)
        {
            using var meter = new Meter("Campaigns.Tests.Ended");
            meter.CreateCounter<long>("c").Add(1);
            Parse(PrometheusText.Write(collector))["c_total"].ShouldBe(1);
        }

        collector.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task ManyThreads_LoseNoCount()
    {
        using var meter = new Meter("Campaigns.Tests.Threads");
        using var collector = new MetricsCollector(Options("Campaigns.Tests.Threads"));
        var counter = meter.CreateCounter<long>("c");
        var histogram = meter.CreateHistogram<double>("h");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("k", i % 3));
                histogram.Record(1);
            }
        })));

        var samples = Parse(PrometheusText.Write(collector));

        samples.Where(sample => sample.Key.StartsWith("c_total", StringComparison.Ordinal))
            .Sum(sample => sample.Value).ShouldBe(40_000);
        samples["h_count"].ShouldBe(40_000);
        samples["h_sum"].ShouldBe(40_000);
    }

    [Fact]
    public void MetersNotAskedFor_AreNotShown()
    {
        using var meter = new Meter("Somebody.Else");
        using var collector = new MetricsCollector(Options("Campaigns.Tests.Nothing"));
        meter.CreateCounter<long>("foreign").Add(1);

        PrometheusText.Write(collector).ShouldNotContain("foreign");
    }

    private static MetricsOptions Options(string meter, int series = 100)
    {
        var options = new MetricsOptions { Series = series };
        options.Meters.Clear();
        options.Meters.Add(meter);
        return options;
    }

    /// <summary>Fails where a line is none of the text format, a sample has no type, or one comes twice.</summary>
    private static Dictionary<string, double> Parse(string page)
    {
        var samples = new Dictionary<string, double>(StringComparer.Ordinal);
        var types = new HashSet<string>(StringComparer.Ordinal);
        page.ShouldEndWith("\n");
        foreach (var line in page.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                types.Add(line.Split(' ')[2]).ShouldBeTrue(line);
                line.Split(' ')[3].ShouldBeOneOf("counter", "gauge", "histogram");
                continue;
            }

            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                continue;
            }

            var match = Sample().Match(line);
            match.Success.ShouldBeTrue(line);
            var name = match.Groups["name"].Value;
            var family = Suffix().Replace(name, "");
            types.ShouldContain(types.Contains(family) ? family : name, line);
            samples.Add(
                name + match.Groups["labels"].Value,
                match.Groups["value"].Value is "+Inf" ? double.PositiveInfinity
                    : double.Parse(match.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return samples;
    }

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"""
        + """(?<labels>\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)+\})? (?<value>\S+)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
