using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Runs;
using Campaigns.LoadTests.Scenarios;

namespace Campaigns.LoadTests.Tests.Live;

/// <summary>Every scenario for a few seconds against a host: it is answered, and the audit holds.</summary>
public sealed class ScenarioTests(LiveHost host) : IClassFixture<LiveHost>
{
    public static TheoryData<string> Names =>
        [.. AllScenarios.List.Select(scenario => scenario.Name).Except([new Overload().Name, new Neighbours().Name])];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Scenario_AgainstARunningHost_IsAnsweredAndAudited(string name)
    {
        var scenario = AllScenarios.Find(name)!;
        var report = await LoadCommand.MeasureAsync(scenario, host.Options(name));

        var total = report.Meter.Total();
        total[Verdict.Done].ShouldBeGreaterThan(0);
        total[Verdict.Failed].ShouldBe(0, string.Join(", ", total.Codes));
        report.Audit.Examples.ShouldBeEmpty();
        report.Audit.Facts.ShouldContain(fact => fact.StartsWith("./campaigns audit: balanced"));
        report.Holds.ShouldBeTrue(string.Join('\n', report.Checks));
    }

    [Fact]
    public async Task TargetWithoutItsDatabase_IsAuditedByHttpAndSaysSo()
    {
        var options = host.Options("mixed-night");
        options = options with { SigningKey = Path.Combine(options.Data!, "dev-signing-key"), Data = null };
        var report = await LoadCommand.MeasureAsync(AllScenarios.Find("mixed-night")!, options);

        report.Audit.Examples.ShouldBeEmpty();
        report.Audit.Facts[0].ShouldContain("the database is out of reach");
        report.Audit.Facts.Count(fact => fact.Contains("by HTTP alone")).ShouldBe(3);
    }

    [Fact]
    public async Task Configuration_SetsTheSizeOfTheRun()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """
                { "GlobalSettings": { "ReportFolder": "elsewhere", "ScenariosSettings": [
                  { "ScenarioName": "draw-burst", "WarmUpDuration": "00:00:01",
                    "LoadSimulationsSettings": [{ "Inject": [100, "00:00:01", "00:00:02"] }] }] } }
                """);
            var report = await LoadCommand.MeasureAsync(
                new DrawBurst(), host.Options("draw-burst") with { Rate = 1, Configuration = file });
            (report.Plan.Rate, report.Plan.Duration).ShouldBe((100, TimeSpan.FromSeconds(2)));
            report.Meter.Total()[Verdict.Done].ShouldBe(200);
            report.Result.Warnings.ShouldContain(
                "GlobalSettings:ReportFolder of --config is not known here and had no effect");
            report.Holds.ShouldBeTrue(string.Join('\n', report.Checks));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(20_000, 0)]
    [InlineData(0, LoadCommand.NotMet)]
    public async Task Threshold_SetsTheExitCode(int maxP99, int exitCode)
    {
        var output = new StringWriter();
        var options = host.Options("draw-burst") with { MaxP99 = maxP99 };
        (await LoadCommand.RunAsync(new DrawBurst(), options, output)).ShouldBe(exitCode);
        output.ToString().ShouldContain($"99 of 100 answers take at most {maxP99} ms");
    }

    [Fact]
    public async Task Reports_AreWrittenInEveryFormat()
    {
        var folder = Directory.CreateTempSubdirectory("campaigns-reports-").FullName;
        try
        {
            await LoadCommand.RunAsync(
                new DrawBurst(), host.Options("draw-burst") with { Out = folder }, TextWriter.Null);
            var files = Directory.GetFiles(folder).ToDictionary(file => Path.GetExtension(file), File.ReadAllText);
            files.Keys.ShouldBe([".md", ".html", ".csv", ".json"], ignoreOrder: true);
            files[".md"].ShouldContain("| draw | 120 | 120 |");
            files[".html"].ShouldContain("<svg");
            files[".html"].ShouldNotContain("http://www");
            files[".csv"].Split('\n')[1].ShouldMatch("^0,60,[0-9]+,60,0,0,0,");
            files[".json"].ShouldContain("\"holds\": true");
            files[".json"].ShouldContain("\"p99.9\"");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
