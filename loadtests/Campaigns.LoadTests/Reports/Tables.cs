using System.Globalization;
using System.Text;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Scenarios;

namespace Campaigns.LoadTests.Reports;

/// <summary>The tables that all reports show, as text cells; the first row is the head.</summary>
internal static class Tables
{
    public static List<string[]> Requests(RunReport report)
    {
        var rows = new List<string[]>
        {
            (string[])["request", "due", "sent", "goodput/s", "done", "refused", "turned away", "failed",
                .. RunReport.Quantiles.Select(quantile => quantile.Name + " ms"), "max ms"],
        };
        rows.AddRange(report.Rows.Select(tally => (string[])[
            tally.Kind, Whole(tally.All), Whole(tally.All - tally.NotSent),
            Whole((long)report.PerSecond(tally[Verdict.Done])),
            .. RunReport.Verdicts.Select(verdict => Whole(tally[verdict])),
            .. RunReport.Quantiles.Select(quantile => Time(tally.Answered.Quantile(quantile.Quantile))),
            Time(tally.Answered.Max)]));
        return rows;
    }

    public static List<string[]> Refusals(RunReport report)
    {
        var rows = new List<string[]> { (string[])["request", "code", "count"] };
        rows.AddRange(report.Meter.Kinds.SelectMany(tally => RunReport.Refusals(tally).Select(
            code => (string[])[tally.Kind, code.Key, Whole(code.Value)])));
        return rows;
    }

    public static List<string[]> Phases(RunReport report)
    {
        var rows = new List<string[]>
        {
            (string[])["phase", "seconds", "due/s", "sent/s", "goodput/s", "refused", "turned away", "failed",
                "p50 ms", "p99 ms", "max ms", "turned away p99 ms"],
        };
        foreach (var phase in report.Scenario.Phases(report.Plan))
        {
            var sum = report.Meter.Sum(phase.From, phase.Until);
            var seconds = (phase.Until - phase.From).TotalSeconds;
            rows.Add(
            [
                phase.Name, seconds.ToString("0.#", CultureInfo.InvariantCulture),
                Whole((long)(sum.All / seconds)),
                Whole((long)(sum.Sent / seconds)), Whole((long)(sum[Verdict.Done] / seconds)),
                Whole(sum[Verdict.Refused]), Whole(sum[Verdict.Busy]),
                Whole(sum[Verdict.Failed]), Time(sum.Answered.Quantile(0.5)), Time(sum.Answered.Quantile(0.99)),
                Time(sum.Answered.Max), Time(sum.Turned.Quantile(0.99)),
            ]);
        }

        return rows;
    }

    public static List<string[]> Settings(RunReport report)
    {
        var environment = report.Environment;
        var rows = new List<string[]>
        {
            (string[])["setting", "value"],
            (string[])["scenario", $"{report.Scenario.Name}: {report.Scenario.Summary}"],
            (string[])["started", report.Started.ToString("u", CultureInfo.InvariantCulture)],
            (string[])["rate, duration, warm-up",
                $"{report.Plan.Rate} per second, {report.Plan.Duration:c}, {report.Plan.WarmUp:c}"],
            (string[])[environment.Commit is null ? "generator commit" : "commit", environment.GeneratorCommit],
            (string[])["machine",
                $"{environment.Machine}, {environment.Cores} cores of {environment.Processor}, "
                + $"{environment.MemoryBytes >> 30} GB, {environment.System}"],
            (string[])["framework, grain runtime", $"{environment.Framework}, {environment.GrainRuntime}"],
            (string[])["target, database", $"{environment.Target}, {environment.Database}"],
            (string[])["runner", Runner.RunnerChoice.Name],
            (string[])["latency is counted from", Runner.RunnerChoice.LatencyFrom],
            (string[])["connections, in flight at most",
                $"{Whole(report.Connections)}, {Whole(report.Options.InFlight)}"],
        };
        if (report.Options.Configuration is { } configuration)
        {
            rows.Add(["--config", configuration]);
        }

        if (report.Options.Crash)
        {
            rows.Add(["--crash", "kill -9 in the middle"]);
        }

        rows.AddRange(environment.HostSettings.Select(setting => (string[])[setting.Key, setting.Value]));
        if (report.Result.Generator is { } generator)
        {
            rows.Add(["generator", generator]);
        }

        if (report.Processor is { } processor)
        {
            rows.Add(
            [
                "processor time per request", string.Create(
                    CultureInfo.InvariantCulture, $"host {processor.Host:0} µs, generator {processor.Generator:0} µs"),
            ]);
        }

        return rows;
    }

    public static List<string[]> Checks(RunReport report)
    {
        var rows = new List<string[]> { (string[])["must hold", "holds", "measured"] };
        rows.AddRange(report.Checks.Select(
            check => (string[])[check.Text, Holds(check), check.Measured]));
        rows.Add(
        [
            "audit: what clients were told is what the ledger has", report.Audit.Holds ? "yes" : "NO",
            report.Audit.Holds ? "no difference" : $"{report.Audit.Count} differences",
        ]);
        return rows;
    }

    private static string Holds(Requirement check) => (check.Holds, check.Seen) switch
    {
        (false, _) => "NO",
        (_, false) => "not seen",
        _ => "yes",
    };

    /// <summary>Columns of one width each.</summary>
    public static string Text(List<string[]> rows)
    {
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())
                .Append('\n');
        }

        return text.ToString();
    }

    public static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Milliseconds.</summary>
    public static string Time(long microseconds) =>
        RunReport.Milliseconds(microseconds).ToString("0.0", CultureInfo.InvariantCulture);
}
