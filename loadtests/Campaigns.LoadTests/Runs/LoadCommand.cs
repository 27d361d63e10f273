using Campaigns.LoadTests.Auditing;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Reports;
using Campaigns.LoadTests.Runner;
using Campaigns.LoadTests.Scenarios;
using Campaigns.LoadTests.Targets;

namespace Campaigns.LoadTests.Runs;

/// <summary>One load test from start to verdict.</summary>
internal static class LoadCommand
{
    /// <summary>Something that must hold does not.</summary>
    public const int NotMet = 1;

    /// <summary>The run did not begin.</summary>
    public const int Refused = 2;

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);

    /// <summary>Connections, whatever is under way: open files are bounded, and so is the host.</summary>
    private const int MostConnections = 16_384;

    public static async Task<int> RunAsync(LoadScenario scenario, LoadOptions options, TextWriter output)
    {
        Prepare(options.Out);
        var report = await MeasureAsync(scenario, options);
        await output.WriteAsync(ConsoleReport.Of(report));
        if (options.Out is { } folder)
        {
            foreach (var file in await ReportFolder.WriteAsync(report, folder))
            {
                await output.WriteLineAsync("report: " + file);
            }
        }

        await output.WriteLineAsync(report.Holds ? "all holds" : "NOT MET, see above");
        return report.Holds ? 0 : NotMet;
    }

    /// <summary>Runs and audits; whoever wants the figures rather than reports.</summary>
    public static async Task<RunReport> MeasureAsync(LoadScenario scenario, LoadOptions options)
    {
        options = ConfiguredLoad.Into(options, scenario);
        var plan = scenario.Plan(options);
        if (plan.MostIterations > Answers.ToldBook.Most)
        {
            throw new TargetException($"at most {Answers.ToldBook.Most} operations can be audited: take a lower rate.");
        }

        if (options is { Crash: true, Target: not null })
        {
            throw new TargetException("--crash kills the host, which must be the run's own: leave out --target.");
        }

        var settings = Settings(scenario, options);
        var documents = scenario.Documents(plan);
        await using var target = await Target.OpenAsync(options, settings);
        using var ops = new OpsClient(target.Address, target.Signer);
        foreach (var (campaign, document) in documents)
        {
            await ops.LaunchAsync(campaign, document);
        }

        using var links = new HttpLinks(target.Address, target.Signer, MostConnections, AnswersWithin);
        var run = new LoadRun(plan, documents.Keys, links, new Meter(plan.Duration));
        using var sampler = new ResourceSampler(() => target.Host?.Id);
        var started = DateTimeOffset.UtcNow;
        var findings = new AuditFindings();
        var crash = options.Crash ? CrashAsync(target.Host!, plan, findings) : Task.CompletedTask;
        var result = await Task.Run(
            () => RunnerChoice.Run(scenario.Build(run, options), "campaigns", options, run.Meter.NotSent));
        await crash;
        var samples = sampler.Samples;

        await new RunAudit(run, target, ops).RunAsync(findings);
        return new RunReport
        {
            Scenario = scenario,
            Options = options,
            Plan = plan,
            Started = started,
            Environment = RunEnvironment.Of(target, settings),
            Meter = run.Meter,
            Samples = samples,
            Result = result,
            Requirements = [.. scenario.Require(run, samples)],
            Audit = findings,
            Connections = links.Count,
        };
    }

    /// <summary>A folder that cannot be made is told before the run, not after it.</summary>
    private static void Prepare(string? folder)
    {
        try
        {
            _ = folder is null ? null : Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new TargetException($"--out {folder} cannot be made: {failure.Message}", failure);
        }
    }

    private static Dictionary<string, string> Settings(LoadScenario scenario, LoadOptions options)
    {
        var settings = new Dictionary<string, string>(scenario.HostSettings(options));
        foreach (var setting in options.HostSettings)
        {
            var (name, value) = setting.Split('=', 2) is [var left, var right]
                ? (left, right)
                : throw new TargetException($"--host-setting takes NAME=VALUE, not {setting}.");
            settings[name] = value;
        }

        return settings;
    }

    /// <summary>
    /// kill -9 in the middle of the measured part, and a new start. One that fails is a finding, and the run goes on.
    /// </summary>
    private static async Task CrashAsync(HostProcess host, LoadPlan plan, AuditFindings findings)
    {
        await Task.Delay(plan.WarmUp + (plan.Duration / 2));
        try
        {
            await host.KillAsync();
            await host.StartAsync();
        }
        catch (Exception failure) when (failure is TargetException or InvalidOperationException or IOException)
        {
            findings.Report("the host did not come back", failure.Message);
        }
    }
}
