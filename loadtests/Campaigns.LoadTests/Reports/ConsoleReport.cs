using System.Text;

namespace Campaigns.LoadTests.Reports;

/// <summary>The report as it is printed.</summary>
internal static class ConsoleReport
{
    public static string Of(RunReport report)
    {
        var text = new StringBuilder();
        text.Append(Tables.Text(Tables.Settings(report)[1..])).Append('\n');
        Add(text, Tables.Requests(report));
        Add(text, Tables.Phases(report));
        Add(text, Tables.Refusals(report));
        foreach (var warning in report.Result.Warnings)
        {
            text.Append("WARNING: ").Append(warning).Append('\n');
        }

        text.Append("audit:\n");
        foreach (var fact in report.Audit.Facts)
        {
            text.Append("  ").Append(fact).Append('\n');
        }

        foreach (var (fault, count) in report.Audit.ByFault)
        {
            text.Append("  DIFFERS: ").Append(fault).Append(": ").Append(count).Append('\n');
        }

        foreach (var example in report.Audit.Examples.Take(20))
        {
            text.Append("    ").Append(example).Append('\n');
        }

        text.Append('\n').Append(Tables.Text(Tables.Checks(report)));
        return text.ToString();
    }

    private static void Add(StringBuilder text, List<string[]> rows)
    {
        if (rows.Count > 1)
        {
            text.Append(Tables.Text(rows)).Append('\n');
        }
    }
}
