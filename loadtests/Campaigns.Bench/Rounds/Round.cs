using Campaigns.Bench.Generator;

namespace Campaigns.Bench.Rounds;

/// <summary>One round of one system.</summary>
/// <param name="Microseconds">Processor time per good answer, by process.</param>
/// <param name="Others">Share of the machine's processors that processes took which do not belong to the bench.</param>
internal sealed record Round(BurstResult Result, IReadOnlyDictionary<string, double> Microseconds, double Others)
{
    public double PerSecond => Result.GoodInTime / Result.Seconds;
}
