using System.Net;
using System.Text;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Measuring;

namespace Campaigns.LoadTests.Reports;

/// <summary>The report as one page with charts, without anything from elsewhere.</summary>
internal static class HtmlReport
{
    private const string Style =
        """
        body{font:15px/1.5 system-ui,sans-serif;max-width:980px;margin:2em auto;padding:0 1em;color:#1c2430}
        table{border-collapse:collapse;margin:.5em 0 1.5em;font-size:13px}
        td,th{padding:3px 9px;border-bottom:1px solid #dde3ea;text-align:left;vertical-align:top}
        td{font-variant-numeric:tabular-nums}svg{width:100%;margin:.5em 0}
        .t{font:600 13px system-ui}.n{font:11px system-ui;fill-opacity:.85}.g{stroke:#dde3ea}
        .yes{color:#1f7a3f}.no{color:#b3261e;font-weight:700}.w{background:#fff3cd;padding:.4em .8em}
        @media(prefers-color-scheme:dark){body{background:#11161d;color:#dbe2ea}td,th{border-color:#2b3542}
        .g{stroke:#2b3542}text{fill:currentColor}.w{background:#4a3d10}}
        """;

    public static string Of(RunReport report)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">");
        html.Append("<meta name=\"viewport\" content=\"width=device-width\">");
        html.Append("<title>Load test ").Append(Encode(report.Scenario.Name)).Append("</title>");
        html.Append("<style>").Append(Style).Append("</style>");
        html.Append("<h1>Load test ").Append(Encode(report.Scenario.Name)).Append("</h1>");
        html.Append("<p>").Append(Encode(report.Scenario.Summary)).Append("</p>");
        html.Append(report.Holds ? "<p class=\"yes\">All holds.</p>" : "<p class=\"no\">Not met, see below.</p>");
        foreach (var warning in report.Result.Warnings)
        {
            html.Append("<p class=\"w\">").Append(Encode(warning)).Append("</p>");
        }

        Table(html, "Requests", Tables.Requests(report));
        foreach (var chart in Charts(report))
        {
            html.Append(chart.Svg());
        }

        Table(html, "Phases", Tables.Phases(report));
        Table(html, "Refusals by code", Tables.Refusals(report));
        Table(html, "What must hold", Tables.Checks(report));
        html.Append("<h2>Audit</h2><ul>");
        foreach (var fact in report.Audit.Facts)
        {
            html.Append("<li>").Append(Encode(fact));
        }

        foreach (var example in report.Audit.Examples)
        {
            html.Append("<li class=\"no\">").Append(Encode(example));
        }

        html.Append("</ul>");
        Table(html, "Settings", Tables.Settings(report));
        return html.Append("</html>\n").ToString();
    }

    private static IEnumerable<LineChart> Charts(RunReport report)
    {
        var intervals = report.Meter.Intervals.Where(interval => interval.From < report.Elapsed).ToList();
        var length = report.Meter.IntervalLength.TotalSeconds;
        yield return new LineChart("Requests by the time at which they were to be sent", "per second")
            .Add("due", "#7a8594", Points(intervals, interval => interval.All / length))
            .Add("done", "#1f7a3f", Points(intervals, interval => interval[Verdict.Done] / length))
            .Add("refused", "#2f6fd0", Points(intervals, interval => interval[Verdict.Refused] / length))
            .Add("turned away", "#c77700", Points(intervals, interval => interval[Verdict.Busy] / length))
            .Add("failed", "#b3261e", Points(intervals, interval => interval[Verdict.Failed] / length));
        yield return new LineChart("Time to a definite answer", "ms")
            .Add("p50", "#1f7a3f", Points(intervals, interval => Quantile(interval, 0.5)))
            .Add("p95", "#2f6fd0", Points(intervals, interval => Quantile(interval, 0.95)))
            .Add("p99", "#c77700", Points(intervals, interval => Quantile(interval, 0.99)))
            .Add("max", "#b3261e", Points(intervals, interval => Quantile(interval, 1)));
        if (report.Samples.Any(sample => sample.HostMemory > 0))
        {
            var from = report.Meter.BeganAfter;
            yield return new LineChart("The host's memory", "MB resident").Add(
                "host", "#2f6fd0", report.Samples.Where(sample => sample.At >= from).Select(
                    sample => ((sample.At - from).TotalSeconds, (double)(sample.HostMemory >> 20))));
        }
    }

    private static double Quantile(Interval interval, double quantile) =>
        RunReport.Milliseconds(interval.Answered.Quantile(quantile));

    private static IEnumerable<(double, double)> Points(List<Interval> intervals, Func<Interval, double> value) =>
        intervals.Select(interval => (interval.From.TotalSeconds, value(interval)));

    private static void Table(StringBuilder html, string title, List<string[]> rows)
    {
        if (rows.Count < 2)
        {
            return;
        }

        html.Append("<h2>").Append(Encode(title)).Append("</h2><table><tr>");
        html.AppendJoin("", rows[0].Select(cell => $"<th>{Encode(cell)}"));
        foreach (var row in rows[1..])
        {
            html.Append("<tr>").AppendJoin("", row.Select(Cell));
        }

        html.Append("</table>");
    }

    private static string Cell(string cell) => cell switch
    {
        "yes" => "<td class=\"yes\">yes",
        "NO" => "<td class=\"no\">no",
        _ => $"<td>{Encode(cell)}",
    };

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
