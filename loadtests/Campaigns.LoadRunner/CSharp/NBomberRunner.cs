using Campaigns.LoadRunner.Configuration;
using Campaigns.LoadRunner.Reports;
using Campaigns.LoadRunner.Running;
using Campaigns.LoadRunner.Simulations;
using Microsoft.Extensions.Configuration;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber.CSharp;

/// <summary>A run that is being described.</summary>
public sealed record NBomberContext
{
    internal SessionSettings Settings { get; init; } = new() { Scenarios = [] };

    internal IConfiguration? Configuration { get; init; }

    /// <summary>The stand-in's own: settings of the configuration that it does not know, by name.</summary>
    public IReadOnlyList<string> IgnoredSettings => RunnerConfiguration.Ignored(Configuration, Settings.Scenarios);

    /// <summary>The stand-in's own: the load of each scenario that will run, the configuration taken in.</summary>
    public IReadOnlyList<PlannedLoad> Planned => [.. Effective.Scenarios.Select(PlannedLoad.Of)];

    internal SessionSettings Effective =>
        Configuration is null ? Settings : RunnerConfiguration.Apply(Settings, Configuration);

    internal string ReportFolder { get; init; } = "./reports";

    internal string? ReportFileName { get; init; }

    internal IReadOnlyList<ReportFormat> ReportFormats { get; init; } =
        [ReportFormat.Txt, ReportFormat.Html, ReportFormat.Csv, ReportFormat.Md];
}

/// <summary>Describes a run and runs it.</summary>
public static class NBomberRunner
{
    public static NBomberContext RegisterScenarios(params ScenarioProps[] scenarios) =>
        new() { Settings = new SessionSettings { Scenarios = scenarios } };

    public static NBomberContext WithTestSuite(this NBomberContext context, string testSuite) =>
        context with { Settings = context.Settings with { TestSuite = testSuite } };

    public static NBomberContext WithTestName(this NBomberContext context, string testName) =>
        context with { Settings = context.Settings with { TestName = testName } };

    public static NBomberContext WithReportFolder(this NBomberContext context, string reportFolderPath) =>
        context with { ReportFolder = reportFolderPath };

    public static NBomberContext WithReportFileName(this NBomberContext context, string reportFileName) =>
        context with { ReportFileName = reportFileName };

    public static NBomberContext WithReportFormats(
        this NBomberContext context, params ReportFormat[] reportFormats) =>
        context with { ReportFormats = reportFormats };

    public static NBomberContext WithoutReports(this NBomberContext context) => context with { ReportFormats = [] };

    public static NBomberContext WithReportingInterval(this NBomberContext context, TimeSpan interval) =>
        context with { Settings = context.Settings with { ReportingInterval = interval } };

    public static NBomberContext WithScenarioCompletionTimeout(this NBomberContext context, TimeSpan timeout) =>
        context with { Settings = context.Settings with { CompletionTimeout = timeout } };

    /// <param name="path">A file, or the JSON itself.</param>
    public static NBomberContext LoadConfig(this NBomberContext context, string path) =>
        context with { Configuration = RunnerConfiguration.Load(path) };

    /// <summary>The stand-in's own: how many iterations may be under way; NBomber has no such bound.</summary>
    public static NBomberContext WithMostInFlight(this NBomberContext context, int iterations) =>
        context with { Settings = context.Settings with { MostInFlight = iterations } };

    /// <summary>
    /// The stand-in's own: is called for each iteration that was due while as many as allowed were under way, with the
    /// time at which it was due, since its scenario began to be measured.
    /// </summary>
    public static NBomberContext WithNotSent(this NBomberContext context, Action<TimeSpan> notSent) =>
        context with { Settings = context.Settings with { NotSent = notSent } };

    public static NodeStats Run(this NBomberContext context) => Run(context, new RunClock());

    internal static NodeStats Run(this NBomberContext context, RunClock clock)
    {
        foreach (var ignored in context.IgnoredSettings)
        {
            Console.Error.WriteLine($"configuration: {ignored} is not known here and has no effect");
        }

        using var session = new Session(context.Effective, clock);
        var stats = Task.Run(session.RunAsync).GetAwaiter().GetResult();
        return stats with
        {
            ReportFiles = ReportFiles.Write(
                stats, context.ReportFolder, context.ReportFileName ?? stats.TestInfo.SessionId, context.ReportFormats),
        };
    }
}
