namespace Campaigns.Domain.Tests.Fairness;

/// <summary>Pearson's test for fixed seeds, at five standard deviations: a failure is no noise.</summary>
internal static class ChiSquare
{
    public static void ShouldFit(IEnumerable<long> observed, double expected, int outcomes)
    {
        var counts = observed.ToList();
        counts.Count.ShouldBeLessThanOrEqualTo(outcomes);
        var missing = (outcomes - counts.Count) * expected;
        var statistic = counts.Sum(count => Square(count - expected) / expected) + missing;
        var freedom = outcomes - 1;
        statistic.ShouldBeInRange(freedom - Deviations(freedom), freedom + Deviations(freedom));
    }

    public static void ShouldFit(IReadOnlyList<long> observed, IReadOnlyList<double> expected)
    {
        observed.Count.ShouldBe(expected.Count);
        var statistic = observed.Zip(expected, (count, mean) => Square(count - mean) / mean).Sum();
        statistic.ShouldBeLessThan(expected.Count - 1 + Deviations(expected.Count - 1));
    }

    private static double Deviations(int freedom) => 5 * Math.Sqrt(2.0 * freedom);

    private static double Square(double value) => value * value;
}
