using System.Text;

namespace Campaigns.LoadTests.Reports;

/// <summary>The report for a page of the repository or a review.</summary>
internal static class MarkdownReport
{
    public static string Of(RunReport report)
    {
        var text = new StringBuilder();
        text.Append("# Load test ").Append(report.Scenario.Name).Append('\n');
        text.Append(report.Holds ? "\nAll holds.\n" : "\n**Not met, see below.**\n");
        foreach (var warning in report.Result.Warnings)
        {
            text.Append("\n**Warning:** ").Append(warning).Append('\n');
        }

        Add(text, "Requests", Tables.Requests(report));
        Add(text, "Phases", Tables.Phases(report));
        Add(text, "Refusals by code", Tables.Refusals(report));
        Add(text, "What must hold", Tables.Checks(report));
        text.Append("\n## Audit\n\n");
        foreach (var fact in report.Audit.Facts)
        {
            text.Append("- ").Append(fact).Append('\n');
        }

        foreach (var example in report.Audit.Examples)
        {
            text.Append("- **differs:** ").Append(example).Append('\n');
        }

        Add(text, "Settings", Tables.Settings(report));
        return text.ToString();
    }

    private static void Add(StringBuilder text, string title, List<string[]> rows)
    {
        if (rows.Count < 2)
        {
            return;
        }

        text.Append("\n## ").Append(title).Append("\n\n");
        Row(text, rows[0]);
        Row(text, rows[0].Select(_ => "---"));
        foreach (var row in rows[1..])
        {
            Row(text, row);
        }
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ")
        .AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))
        .Append(" |\n");
}
