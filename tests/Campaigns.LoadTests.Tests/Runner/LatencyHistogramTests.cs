using Campaigns.LoadRunner.Measuring;

namespace Campaigns.LoadTests.Tests.Runner;

public sealed class LatencyHistogramTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Quantiles_AreWithinOnePercentOfTheSortedTruth(int seed)
    {
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        // From microseconds to half an hour, all magnitudes alike.
        var times = Enumerable.Range(0, 5_000)
            .Select(_ => (long)Math.Exp(random.NextDouble() * Math.Log(1.8e9)))
            .ToArray();
        foreach (var time in times)
        {
            histogram.Record(time);
        }

        Array.Sort(times);
        foreach (var quantile in (double[])[0.001, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1])
        {
            var truth = times[Math.Max(1, (int)Math.Ceiling(quantile * times.Length)) - 1];
            Math.Abs(histogram.Quantile(quantile) - truth).ShouldBeLessThanOrEqualTo(
                (long)Math.Ceiling(truth * 0.01), $"quantile {quantile} of seed {seed}");
        }

        histogram.Min.ShouldBe(times[0]);
        histogram.Max.ShouldBe(times[^1]);
        histogram.Mean.ShouldBe(times.Average(), times.Average() * 1e-9);
    }

    [Fact]
    public void EveryMagnitude_IsToldWithinOnePercent()
    {
        for (long value = 1; value < 1L << 32; value += 1 + (value / 97))
        {
            var histogram = new LatencyHistogram();
            histogram.Record(0);
            histogram.Record(value);
            histogram.Record((1L << 32) - 1);
            histogram.Quantile(0.5).ShouldBeInRange(value - (value / 100) - 1, value + (value / 100) + 1);
        }
    }

    [Fact]
    public void WhatIsBeyondItsRange_CountsAsTheLongestAndKeepsTheMaximum()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(-5);
        histogram.Record(1L << 40);
        histogram.Count.ShouldBe(2);
        histogram.Min.ShouldBe(0);
        histogram.Max.ShouldBe(1L << 40);
    }

    [Fact]
    public void SumOfTwo_TellsWhatOneOfAllWouldTell()
    {
        var (all, one, other) = (new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
        for (var i = 0; i < 10_000; i++)
        {
            all.Record(i * 7);
            (i % 3 == 0 ? one : other).Record(i * 7);
        }

        one.Add(other);
        one.NotEmpty().ShouldBe(all.NotEmpty());
        (one.Min, one.Max, one.Count).ShouldBe((all.Min, all.Max, all.Count));
        one.StandardDeviation.ShouldBe(all.StandardDeviation, 1e-6);
    }
}
