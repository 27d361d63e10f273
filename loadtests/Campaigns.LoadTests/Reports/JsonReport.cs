using System.Text.Json;
using Campaigns.LoadTests.Http;

namespace Campaigns.LoadTests.Reports;

/// <summary>The report for programs: everything, times in milliseconds.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    public static string Of(RunReport report) => JsonSerializer.Serialize(
        new
        {
            scenario = report.Scenario.Name,
            holds = report.Holds,
            started = report.Started,
            plan = new
            {
                report.Plan.RunId,
                report.Plan.Rate,
                seconds = report.Plan.Duration.TotalSeconds,
                warmUpSeconds = report.Plan.WarmUp.TotalSeconds,
                report.Plan.Capacity,
            },
            environment = report.Environment,
            runner = Runner.RunnerChoice.Name,
            latencyFrom = Runner.RunnerChoice.LatencyFrom,
            elapsedSeconds = report.Elapsed.TotalSeconds,
            requests = report.Rows.Select(tally => new
            {
                tally.Kind,
                sent = tally.All,
                done = tally[Verdict.Done],
                refused = tally[Verdict.Refused],
                turnedAway = tally[Verdict.Busy],
                failed = tally[Verdict.Failed],
                goodputPerSecond = report.PerSecond(tally[Verdict.Done]),
                latency = RunReport.Quantiles.ToDictionary(
                    quantile => quantile.Name,
                    quantile => RunReport.Milliseconds(tally.Answered.Quantile(quantile.Quantile))),
                max = RunReport.Milliseconds(tally.Answered.Max),
                codes = tally.Codes,
            }),
            generator = report.Result.Generator,
            warnings = report.Result.Warnings,
            checks = report.Checks,
            audit = new
            {
                holds = report.Audit.Holds,
                differences = report.Audit.Count,
                byFault = report.Audit.ByFault,
                examples = report.Audit.Examples,
                facts = report.Audit.Facts,
            },
        },
        Options) + "\n";
}
