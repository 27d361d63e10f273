using Campaigns.Bench.Generator;

namespace Campaigns.Bench.Rounds;

/// <summary>One round of one system.</summary>
/// <param name="Microseconds">Processor time per good answer, by process.</param>
internal sealed record Round(BurstResult Result, IReadOnlyDictionary<string, double> Microseconds)
{
    public double PerSecond => Result.GoodInTime / Result.Seconds;
}
