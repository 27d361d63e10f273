namespace NBomber.Contracts;

/// <summary>A scenario as it was described; see <c>NBomber.CSharp.Scenario</c>.</summary>
public sealed record ScenarioProps
{
    public required string ScenarioName { get; init; }

    public Func<IScenarioInitContext, Task>? Init { get; init; }

    public Func<IScenarioInitContext, Task>? Clean { get; init; }

    public Func<IScenarioContext, Task<IResponse>>? Run { get; init; }

    /// <summary>Null: none.</summary>
    public TimeSpan? WarmUpDuration { get; init; }

    public required IReadOnlyList<LoadSimulation> LoadSimulations { get; init; }

    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    public bool RestartIterationOnFail { get; init; } = true;

    /// <summary>Failures after which the whole test stops.</summary>
    public int MaxFailCount { get; init; } = 5_000;
}
