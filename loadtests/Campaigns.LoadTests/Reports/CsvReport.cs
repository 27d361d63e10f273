using System.Globalization;
using System.Text;

namespace Campaigns.LoadTests.Reports;

/// <summary>The run over time, a line per interval, for a spreadsheet.</summary>
internal static class CsvReport
{
    public static string Of(RunReport report)
    {
        var csv = new StringBuilder(
            "seconds,due,sent,done,refused,turned_away,failed,p50_ms,p95_ms,p99_ms,p999_ms,max_ms\n");
        foreach (var interval in report.Meter.Intervals.Where(interval => interval.All + interval.Sent > 0))
        {
            csv.Append(interval.From.TotalSeconds.ToString(CultureInfo.InvariantCulture))
                .Append(',').Append(Tables.Whole(interval.All))
                .Append(',').Append(Tables.Whole(interval.Sent));
            foreach (var verdict in RunReport.Verdicts)
            {
                csv.Append(',').Append(Tables.Whole(interval[verdict]));
            }

            foreach (var (_, quantile) in RunReport.Quantiles)
            {
                csv.Append(',').Append(Tables.Time(interval.Answered.Quantile(quantile)));
            }

            csv.Append(',').Append(Tables.Time(interval.Answered.Max)).Append('\n');
        }

        return csv.ToString();
    }
}
