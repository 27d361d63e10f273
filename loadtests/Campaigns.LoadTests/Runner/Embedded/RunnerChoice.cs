using Campaigns.LoadRunner.Running;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Runner;

/// <summary>Runs scenarios on the stand-in.</summary>
internal static class RunnerChoice
{
    public const string Name = "Embedded: Campaigns.LoadRunner, a stand-in with NBomber's surface";

    public const string LatencyFrom = "the intended time of each request";

    public static RunnerResult Run(
        ScenarioProps scenario, string suite, string? configuration, int mostInFlight, string? reports)
    {
        // The reports of the load tests say all that the stand-in's would.
        var context = NBomberRunner.RegisterScenarios(scenario)
            .WithTestSuite(suite).WithTestName(scenario.ScenarioName)
            .WithMostInFlight(mostInFlight)
            .WithoutReports();
        var stats = (configuration is null ? context : context.LoadConfig(configuration)).Run();
        return new RunnerResult(stats, stats.Generator.Warnings, Describe(stats.Generator));
    }

    private static string Describe(GeneratorHealth health) =>
        $"sent {health.Sent}, late by {health.LagP50:0.0} ms (half), {health.LagP99:0.0} ms (99 of 100), "
        + $"{health.LagMax:0.0} ms (worst); at most {health.MostInFlight} of {health.InFlightLimit} under way";
}

/// <param name="Warnings">What makes the figures doubtful.</param>
/// <param name="Generator">How the generator has done, in words; null where the runner does not tell.</param>
internal sealed record RunnerResult(NodeStats Stats, IReadOnlyList<string> Warnings, string? Generator);
