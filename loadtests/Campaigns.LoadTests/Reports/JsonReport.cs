using System.Text.Json;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Runs;

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
            plan = Plan(report.Plan),
            settings = Settings(report),
            environment = report.Environment,
            runner = Runner.RunnerChoice.Name,
            latencyFrom = Runner.RunnerChoice.LatencyFrom,
            elapsedSeconds = report.Elapsed.TotalSeconds,
            connections = report.Connections,
            processorMicrosecondsPerRequest = report.Processor is { } processor
                ? new { processor.Host, processor.Generator }
                : null,
            requests = report.Rows.Select(tally => Request(report, tally)),
            phases = report.Scenario.Phases(report.Plan).Select(phase => new
            {
                phase.Name,
                seconds = (phase.Until - phase.From).TotalSeconds,
                counts = Counts(report.Meter.Sum(phase.From, phase.Until)),
            }),
            intervalSeconds = report.Meter.IntervalLength.TotalSeconds,
            intervals = report.Meter.Intervals.Where(interval => interval.All + interval.Sent > 0).Select(Counts),
            hostMemory = report.Samples.Where(sample => sample.HostMemory > 0).Select(sample => new
            {
                seconds = (sample.At - report.Meter.BeganAfter).TotalSeconds,
                bytes = sample.HostMemory,
            }),
            generator = report.Result.Generator,
            warnings = report.Result.Warnings,
            thresholds = report.Result.Stats.Thresholds.Select(threshold => new
            {
                threshold.CheckExpression,
                threshold.ErrorCount,
                threshold.IsFailed,
            }),
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

    private static object Plan(LoadPlan plan) => new
    {
        plan.RunId,
        plan.Rate,
        seconds = plan.Duration.TotalSeconds,
        warmUpSeconds = plan.WarmUp.TotalSeconds,
        plan.Capacity,
    };

    /// <summary>What the command line or its default said.</summary>
    private static object Settings(RunReport report) => new
    {
        inFlight = report.Options.InFlight,
        maxP99 = report.Options.MaxP99,
        maxFailedPercent = report.Options.MaxFailed,
        config = report.Options.Configuration,
        crash = report.Options.Crash,
    };

    private static object Request(RunReport report, Tally tally) => new
    {
        tally.Kind,
        due = tally.All,
        sent = tally.All - tally.NotSent,
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
    };

    private static object Counts(Interval interval) => new
    {
        from = interval.From.TotalSeconds,
        due = interval.All,
        sent = interval.Sent,
        done = interval[Verdict.Done],
        refused = interval[Verdict.Refused],
        turnedAway = interval[Verdict.Busy],
        failed = interval[Verdict.Failed],
        latency = RunReport.Quantiles.ToDictionary(
            quantile => quantile.Name,
            quantile => RunReport.Milliseconds(interval.Answered.Quantile(quantile.Quantile))),
        max = RunReport.Milliseconds(interval.Answered.Max),
        turnedAwayP99 = RunReport.Milliseconds(interval.Turned.Quantile(0.99)),
    };
}
