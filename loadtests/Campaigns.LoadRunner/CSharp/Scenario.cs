using NBomber.Contracts;

namespace NBomber.CSharp;

/// <summary>Describes scenarios.</summary>
public static class Scenario
{
    private static readonly TimeSpan DefaultWarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromMinutes(1);

    public static ScenarioProps Create(string name, Func<IScenarioContext, Task<IResponse>> run) =>
        Empty(name) with { Run = run, WarmUpDuration = DefaultWarmUp };

    /// <summary>One that only initializes and cleans.</summary>
    public static ScenarioProps Empty(string name) => new()
    {
        ScenarioName = name,
        LoadSimulations = [Simulation.KeepConstant(1, DefaultDuration)],
    };

    public static ScenarioProps WithInit(this ScenarioProps scenario, Func<IScenarioInitContext, Task> initFunc) =>
        scenario with { Init = initFunc };

    public static ScenarioProps WithClean(this ScenarioProps scenario, Func<IScenarioInitContext, Task> cleanFunc) =>
        scenario with { Clean = cleanFunc };

    public static ScenarioProps WithWarmUpDuration(this ScenarioProps scenario, TimeSpan duration) =>
        scenario with { WarmUpDuration = duration };

    public static ScenarioProps WithoutWarmUp(this ScenarioProps scenario) => scenario with { WarmUpDuration = null };

    public static ScenarioProps WithLoadSimulations(
        this ScenarioProps scenario, params LoadSimulation[] loadSimulations) =>
        scenario with { LoadSimulations = loadSimulations };

    public static ScenarioProps WithThresholds(this ScenarioProps scenario, params Threshold[] thresholds) =>
        scenario with { Thresholds = thresholds };

    /// <summary>True, the default: a step that fails ends its iteration as failed.</summary>
    public static ScenarioProps WithRestartIterationOnFail(this ScenarioProps scenario, bool shouldRestart) =>
        scenario with { RestartIterationOnFail = shouldRestart };

    public static ScenarioProps WithMaxFailCount(this ScenarioProps scenario, int maxFailCount) =>
        scenario with { MaxFailCount = maxFailCount };
}
