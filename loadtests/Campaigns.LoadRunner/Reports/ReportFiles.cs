using System.Globalization;
using System.Net;
using System.Text;
using NBomber.Contracts.Stats;

namespace Campaigns.LoadRunner.Reports;

/// <summary>The stand-in's plain reports: one table in each of NBomber's formats.</summary>
internal static class ReportFiles
{
    private static readonly string[] Columns =
    [
        "scenario", "step", "result", "count", "per second", "min ms", "mean ms", "p50 ms", "p75 ms", "p95 ms",
        "p99 ms", "max ms",
    ];

    public static ReportFile[] Write(
        NodeStats stats, string folder, string name, IReadOnlyList<ReportFormat> formats) =>
        [.. formats.Select(format => Write(stats, Path.Combine(folder, name), format))];

    private static ReportFile Write(NodeStats stats, string path, ReportFormat format)
    {
        var rows = Rows(stats).ToList();
        var content = format switch
        {
            ReportFormat.Csv => Lines(rows, row => string.Join(',', row)),
            ReportFormat.Md => Lines(
                rows.Take(1).Append([.. Columns.Select(_ => "---")]).Concat(rows.Skip(1)),
                row => $"| {string.Join(" | ", row)} |"),
            ReportFormat.Html =>
                $"<!doctype html><meta charset=\"utf-8\"><pre>{WebUtility.HtmlEncode(Text(rows))}</pre>",
            _ => Text(rows),
        };
        var file = $"{path}.{format.ToString().ToLowerInvariant()}";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, content);
        return new ReportFile { FilePath = file, ReportFormat = format, ReportContent = content };
    }

    private static IEnumerable<string[]> Rows(NodeStats stats)
    {
        yield return Columns;
        foreach (var scenario in stats.ScenarioStats)
        {
            yield return Row(scenario.ScenarioName, "global information", "ok", scenario.Ok);
            yield return Row(scenario.ScenarioName, "global information", "fail", scenario.Fail);
            foreach (var step in scenario.StepStats)
            {
                yield return Row(scenario.ScenarioName, step.StepName, "ok", step.Ok);
                yield return Row(scenario.ScenarioName, step.StepName, "fail", step.Fail);
            }
        }
    }

    private static string[] Row(string scenario, string step, string result, MeasurementStats stats) =>
    [
        scenario, step, result, stats.Request.Count.ToString(CultureInfo.InvariantCulture),
        .. ((double[])[
            stats.Request.RPS, stats.Latency.MinMs, stats.Latency.MeanMs, stats.Latency.Percent50,
            stats.Latency.Percent75, stats.Latency.Percent95, stats.Latency.Percent99, stats.Latency.MaxMs,
        ]).Select(number => number.ToString("0.###", CultureInfo.InvariantCulture)),
    ];

    private static string Text(List<string[]> rows)
    {
        var widths = Columns.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return Lines(rows, row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))));
    }

    private static string Lines(IEnumerable<string[]> rows, Func<string[], string> format)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(format(row).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
