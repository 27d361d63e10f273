namespace Campaigns.LoadTests.Runs;

/// <summary>The size of a run.</summary>
/// <param name="RunId">Part of all ids, so that runs on one target do not meet.</param>
/// <param name="Rate">Iterations per second at the peak.</param>
/// <param name="Duration">Of the measured part.</param>
internal sealed record LoadPlan(string RunId, int Rate, TimeSpan Duration, TimeSpan WarmUp, int Capacity)
{
    private const int MostPackets = 1_000_000;

    /// <summary>Parts of the duration before and after what the scenario is about, each this long.</summary>
    public TimeSpan Margin { get; init; }

    public string Campaign => "load-" + RunId;

    /// <summary>Iterations at the peak's rate throughout, warm-up included: no run has more.</summary>
    public int MostIterations => (int)Math.Min(int.MaxValue, (long)(Rate * (Duration + WarmUp).TotalSeconds) + Rate);

    /// <summary>Shards that so many packets need.</summary>
    public static int ShardsFor(int packets) => Math.Max(1, (packets + MostPackets - 1) / MostPackets);

    public static string NewRunId() => Guid.NewGuid().ToString("n")[..8];
}

/// <summary>A named part of a run, for the reports.</summary>
internal sealed record Phase(string Name, TimeSpan From, TimeSpan Until);
