using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Runner;

/// <summary>Runs scenarios on NBomber, whose own reports come beside ours.</summary>
internal static class RunnerChoice
{
    public const string Name = "NBomber";

    public const string LatencyFrom = "the moment at which NBomber began the iteration";

    /// <param name="mostInFlight">NBomber has no such bound; the connections are bounded all the same.</param>
    public static RunnerResult Run(
        ScenarioProps scenario, string suite, string? configuration, int mostInFlight, string? reports)
    {
        var context = NBomberRunner.RegisterScenarios(scenario)
            .WithTestSuite(suite).WithTestName(scenario.ScenarioName);
        context = reports is null
            ? context.WithoutReports()
            : context.WithReportFolder(Path.Combine(reports, "nbomber"))
                .WithReportFormats(ReportFormat.Txt, ReportFormat.Html, ReportFormat.Csv, ReportFormat.Md);
        var stats = (configuration is null ? context : context.LoadConfig(configuration)).Run();
        return new RunnerResult(stats, [], null);
    }
}

/// <param name="Warnings">What makes the figures doubtful.</param>
/// <param name="Generator">How the generator has done, in words; null where the runner does not tell.</param>
internal sealed record RunnerResult(NodeStats Stats, IReadOnlyList<string> Warnings, string? Generator);
