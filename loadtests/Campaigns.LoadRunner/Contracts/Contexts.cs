using Microsoft.Extensions.Configuration;
using NBomber.Contracts.Stats;

namespace NBomber.Contracts;

public enum ScenarioOperation
{
    Init = 0,
    Clean = 1,
    WarmUp = 2,
    Bombing = 3,
}

/// <summary>The copy of a scenario that runs.</summary>
public sealed class ScenarioInfo
{
    public required string InstanceId { get; init; }

    public required int InstanceNumber { get; init; }

    public required string ScenarioName { get; init; }

    public required TimeSpan ScenarioDuration { get; init; }

    public required ScenarioOperation ScenarioOperation { get; init; }
}

/// <summary>What an iteration knows of its run.</summary>
public interface IScenarioContext
{
    TestInfo TestInfo { get; }

    ScenarioInfo ScenarioInfo { get; }

    NodeInfo NodeInfo { get; }

    /// <summary>From 1; of this copy. An injected copy runs once.</summary>
    long InvocationNumber { get; }

    /// <summary>Emptied after each iteration.</summary>
    Dictionary<string, object> Data { get; }

    /// <summary>Kept for the life of the copy.</summary>
    Dictionary<string, object> ScenarioInstanceData { get; }

    CancellationToken ScenarioCancellationToken { get; }

    Random Random { get; }

    void StopScenario(string scenarioName, string reason);

    void StopCurrentTest(string reason);

    /// <summary>Since the scenario began to be measured.</summary>
    TimeSpan GetScenarioTimerTime();
}

/// <summary>What a scenario's init and clean know of the run.</summary>
public interface IScenarioInitContext
{
    TestInfo TestInfo { get; }

    ScenarioInfo ScenarioInfo { get; }

    NodeInfo NodeInfo { get; }

    /// <summary>The scenario's CustomSettings of the JSON configuration.</summary>
    IConfiguration CustomSettings { get; }

    IConfiguration GlobalCustomSettings { get; }
}
