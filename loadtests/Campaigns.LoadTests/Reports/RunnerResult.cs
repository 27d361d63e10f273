using NBomber.Contracts.Stats;

namespace Campaigns.LoadTests.Reports;

/// <summary>What the runner says of a run.</summary>
/// <param name="Warnings">What makes the figures doubtful.</param>
/// <param name="Generator">How the generator has done, in words; null where the runner does not tell.</param>
internal sealed record RunnerResult(NodeStats Stats, IReadOnlyList<string> Warnings, string? Generator)
{
    /// <summary>Measured iterations that the load comes to; null where the runner does not tell.</summary>
    public long? Due { get; init; }

    /// <summary>Measured iterations that came up, sent or not.</summary>
    public long Begun { get; init; }
}
