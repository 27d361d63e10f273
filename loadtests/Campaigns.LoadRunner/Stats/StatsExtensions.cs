using NBomber.Contracts.Stats;

namespace NBomber.Contracts;

/// <summary>Looks stats up by name. Get throws where there is none, Find answers null.</summary>
public static class StatsExtensions
{
    public static StatusCodeStats Get(this StatusCodeStats[] statusCodes, string statusCode) =>
        Find(statusCodes, statusCode)
        ?? throw new KeyNotFoundException($"Status code: '{statusCode}' is not found.");

    public static StatusCodeStats? Find(this StatusCodeStats[] statusCodes, string statusCode) =>
        Array.Find(statusCodes, stats => stats.StatusCode == statusCode);

    public static bool Exists(this StatusCodeStats[] statusCodes, string statusCode) =>
        Find(statusCodes, statusCode) is not null;

    public static ScenarioStats Get(this ScenarioStats[] scenarioStats, string name) =>
        Find(scenarioStats, name) ?? throw new KeyNotFoundException($"Scenario: '{name}' is not found.");

    public static ScenarioStats? Find(this ScenarioStats[] scenarioStats, string name) =>
        Array.Find(scenarioStats, stats => stats.ScenarioName == name);

    public static bool Exists(this ScenarioStats[] scenarioStats, string name) =>
        Find(scenarioStats, name) is not null;

    public static StepStats Get(this StepStats[] stepStats, string name) =>
        Find(stepStats, name) ?? throw new KeyNotFoundException($"Step: '{name}' is not found.");

    public static StepStats? Find(this StepStats[] stepStats, string name) =>
        Array.Find(stepStats, stats => stats.StepName == name);

    public static bool Exists(this StepStats[] stepStats, string name) => Find(stepStats, name) is not null;
}
