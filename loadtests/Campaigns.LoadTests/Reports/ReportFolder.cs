using System.Globalization;

namespace Campaigns.LoadTests.Reports;

/// <summary>Writes all reports of a run side by side.</summary>
internal static class ReportFolder
{
    /// <summary>The files that were written.</summary>
    public static async Task<IReadOnlyList<string>> WriteAsync(RunReport report, string folder)
    {
        Directory.CreateDirectory(folder);
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{report.Scenario.Name}-{report.Started:yyyyMMdd-HHmmss}");
        var files = new List<string>();
        foreach (var (ending, content) in new[]
        {
            ("md", MarkdownReport.Of(report)),
            ("html", HtmlReport.Of(report)),
            ("csv", CsvReport.Of(report)),
            ("json", JsonReport.Of(report)),
        })
        {
            var file = Path.Combine(folder, $"{name}.{ending}");
            await File.WriteAllTextAsync(file, content);
            files.Add(file);
        }

        return files;
    }
}
