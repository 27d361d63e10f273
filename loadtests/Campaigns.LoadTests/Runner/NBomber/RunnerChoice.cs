using Campaigns.LoadTests.Reports;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Runner;

/// <summary>Runs scenarios on NBomber, whose own reports come beside ours.</summary>
internal static class RunnerChoice
{
    public const string Name = "NBomber";

    public const string LatencyFrom = "the moment at which NBomber began the iteration";

    /// <param name="notSent">Never called: NBomber has no bound on what is under way; the connections have.</param>
    public static RunnerResult Run(
        ScenarioProps scenario, string suite, LoadOptions options, Action<TimeSpan> notSent)
    {
        var context = NBomberRunner.RegisterScenarios(scenario)
            .WithTestSuite(suite).WithTestName(scenario.ScenarioName);
        context = options.Out is not { } reports
            ? context.WithoutReports()
            : context.WithReportFolder(Path.Combine(reports, "nbomber"))
                .WithReportFormats(ReportFormat.Txt, ReportFormat.Html, ReportFormat.Csv, ReportFormat.Md);
        var stats = (options.Configuration is { } file ? context.LoadConfig(file) : context).Run();
        return new RunnerResult(stats, [], null)
        {
            Begun = stats.ScenarioStats.Sum(ran => (long)ran.Ok.Request.Count + ran.Fail.Request.Count),
        };
    }
}
