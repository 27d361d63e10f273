namespace Campaigns.LoadRunner.Running;

/// <summary>How the generator itself has done. Where it falls behind, it measures itself.</summary>
/// <param name="Sent">Iterations that were started, warm-up included.</param>
/// <param name="NotSent">Iterations that were due while as many as allowed were under way: not started.</param>
/// <param name="LagP50">Milliseconds from the intended time to the start, half of all.</param>
/// <param name="LagP99">The same, 99 of 100.</param>
/// <param name="LagMax">The same, the worst.</param>
/// <param name="MostInFlight">Most iterations that were under way at one time.</param>
/// <param name="InFlightLimit">Most that may be.</param>
/// <param name="Unfinished">Iterations still under way when the run gave up waiting for them.</param>
public sealed record GeneratorHealth(
    long Sent,
    long NotSent,
    double LagP50,
    double LagP99,
    double LagMax,
    int MostInFlight,
    int InFlightLimit,
    int Unfinished)
{
    /// <summary>Above this a run says more about the generator than about what it asks, milliseconds.</summary>
    public const double LagLimit = 20;

    /// <summary>What makes the figures doubtful; empty where nothing does.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            var warnings = new List<string>();
            if (LagP99 > LagLimit)
            {
                warnings.Add(
                    $"the generator is the bottleneck: 1% of requests were sent {LagP99:0.#} ms late or more");
            }

            if (NotSent > 0)
            {
                warnings.Add(
                    $"{NotSent} requests were not sent: {InFlightLimit} were under way; they count as failed");
            }

            if (Unfinished > 0)
            {
                warnings.Add($"{Unfinished} requests were still under way at the end and are not counted");
            }

            return warnings;
        }
    }
}
