using Campaigns.LoadRunner.Running;
using Campaigns.LoadTests.Reports;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Runner;

/// <summary>Runs scenarios on the stand-in.</summary>
internal static class RunnerChoice
{
    public const string Name = "Embedded: Campaigns.LoadRunner, a stand-in with NBomber's surface";

    public const string LatencyFrom = "the intended time of each request";

    /// <param name="notSent">Told when each measured iteration was due that was not sent.</param>
    public static RunnerResult Run(
        ScenarioProps scenario, string suite, LoadOptions options, Action<TimeSpan> notSent)
    {
        // The reports of the load tests say all that the stand-in's would.
        var context = NBomberRunner.RegisterScenarios(scenario)
            .WithTestSuite(suite).WithTestName(scenario.ScenarioName)
            .WithMostInFlight(options.InFlight)
            .WithNotSent(notSent)
            .WithoutReports();
        context = options.Configuration is null ? context : context.LoadConfig(options.Configuration);
        var stats = context.Run();
        var health = stats.Generator;
        return new RunnerResult(
            stats,
            [
                .. health.Warnings,
                .. context.IgnoredSettings.Select(name => $"{name} of --config is not known here and had no effect"),
            ],
            Describe(health))
        {
            Due = context.Planned.Sum(load => load.Iterations),
            Begun = stats.AllRequestCount + health.Unfinished,
        };
    }

    private static string Describe(GeneratorHealth health) =>
        $"sent {health.Sent}, late by {health.LagP50:0.0} ms (half), {health.LagP99:0.0} ms (99 of 100), "
        + $"{health.LagMax:0.0} ms (worst); at most {health.MostInFlight} of {health.InFlightLimit} under way";
}
