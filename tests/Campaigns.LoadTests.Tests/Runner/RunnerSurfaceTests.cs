using System.Collections.Concurrent;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Tests.Runner;

/// <summary>Steps, thresholds, configuration and reports behave as NBomber's documentation says.</summary>
public sealed class RunnerSurfaceTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Thresholds_AreMetOrNotByWhatWasMeasured()
    {
        var stats = Run(Mixed().WithThresholds(
            Threshold.Create(scenario => scenario.Fail.Request.Percent < 30),
            Threshold.Create(scenario => scenario.Fail.Request.Percent < 10),
            Threshold.Create("ask", step => step.Ok.Request.Count == 75),
            Threshold.Create(scenario => scenario.Fail.StatusCodes.Get("no-such-code").Count == 0)));

        stats.Thresholds.Select(threshold => threshold.IsFailed).ShouldBe([false, true, false, true]);
        stats.Thresholds[1].CheckExpression.ShouldContain("Percent < 10");
        stats.Thresholds[2].StepName.ShouldBe("ask");
        stats.Thresholds[3].ExceptionMsg.ShouldContain("no-such-code");
    }

    [Fact]
    public void StepThatFails_EndsItsIterationUnlessToldOtherwise()
    {
        var second = 0;
        ScenarioProps Scenario(bool restart) => NBomber.CSharp.Scenario.Create("two-steps", async context =>
        {
            await Step.Run("first", context, () => Task.FromResult(Response.Fail("503")));
            await Step.Run("second", context, () =>
            {
                second++;
                return Task.FromResult(Response.Ok("200"));
            });
            return Response.Ok();
        })
        .WithoutWarmUp()
        .WithRestartIterationOnFail(restart)
        .WithLoadSimulations(Simulation.Inject(10, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));

        Run(Scenario(restart: true)).ScenarioStats[0].Fail.StatusCodes.Get("503").Count.ShouldBe(10);
        second.ShouldBe(0);
        var stats = Run(Scenario(restart: false)).ScenarioStats.Get("two-steps");
        stats.Ok.Request.Count.ShouldBe(10);
        stats.StepStats.Get("first").Fail.Request.Count.ShouldBe(10);
        second.ShouldBe(10);
    }

    [Fact]
    public void IterationThatThrows_FailsWithTheCodeOfNBomber()
    {
        var stats = Run(Scenario.Create("throws", _ => throw new InvalidOperationException("broken"))
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.Inject(5, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1))));

        var code = stats.ScenarioStats[0].Fail.StatusCodes.Get("-101");
        (code.Count, code.Message).ShouldBe((5, "broken"));
    }

    [Fact]
    public void TooManyFailures_StopTheRun()
    {
        var stats = Run(Scenario.Create("fails", _ => Task.FromResult<IResponse>(Response.Fail("500")))
            .WithoutWarmUp()
            .WithMaxFailCount(20)
            .WithLoadSimulations(Simulation.Inject(100, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10))));

        stats.ScenarioStats[0].Fail.Request.Count.ShouldBe(20);
    }

    [Fact]
    public void Configuration_WinsOverTheCode()
    {
        var settings = new ConcurrentQueue<string?>();
        var scenario = Mixed().WithInit(context =>
        {
            settings.Enqueue(context.CustomSettings["Pool"]);
            settings.Enqueue(context.GlobalCustomSettings["Target"]);
            return Task.CompletedTask;
        });
        var stats = NBomberRunner.RegisterScenarios(scenario, Mixed("left-out"))
            .WithTestSuite("of the code")
            .WithoutReports()
            .LoadConfig("""
                {
                  "TestSuite": "of the configuration",
                  "TargetScenarios": ["mixed"],
                  "GlobalSettings": {
                    "ScenariosSettings": [{
                      "ScenarioName": "mixed",
                      "LoadSimulationsSettings": [
                        { "Inject": [7, "00:00:01", "00:00:02"] },
                        { "Pause": "00:00:01" },
                        { "RampingInject": [10, "00:00:01", "00:00:02"] }
                      ],
                      "CustomSettings": { "Pool": "hot" }
                    }],
                    "GlobalCustomSettings": { "Target": "here" }
                  }
                }
                """)
            .Run(_clock);

        stats.TestInfo.TestSuite.ShouldBe("of the configuration");
        var only = stats.ScenarioStats.ShouldHaveSingleItem();
        only.AllRequestCount.ShouldBe(14 + 10);
        (stats.AllRequestCount, stats.AllFailCount).ShouldBe((24, only.AllFailCount));
        (only.AllOkCount, only.AllFailCount).ShouldBe((18, 6));
        only.Duration.ShouldBe(TimeSpan.FromSeconds(5));
        settings.ShouldBe(["hot", "here"]);
    }

    [Fact]
    public void Configuration_IsPlannedBeforeItRuns()
    {
        var load = NBomberRunner.RegisterScenarios(Mixed()).LoadConfig("""
            { "GlobalSettings": { "ScenariosSettings": [{
              "ScenarioName": "mixed",
              "WarmUpDuration": "00:00:03",
              "LoadSimulationsSettings": [
                { "RampingInject": [100, "00:00:01", "00:00:10"] },
                { "Inject": [40, "00:00:02", "00:00:10"] },
                { "InjectRandom": [10, 300, "00:00:01", "00:00:10"] },
                { "Pause": "00:00:05" },
                { "IterationsForInject": [10, "00:00:01", 50] }
              ] }] } }
            """).Planned.ShouldHaveSingleItem();

        (load.Simulations, load.Iterations, load.PeakRate).ShouldBe((5, 500 + 200 + 100 + 50, 300));
        (load.Duration, load.WarmUp).ShouldBe((TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(3)));
        load.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void SettingsThatTheStandInDoesNotKnow_AreNamed() =>
        NBomberRunner.RegisterScenarios(Mixed()).LoadConfig("""
            {
              "TestName": "known",
              "ClusterSettings": {},
              "GlobalSettings": {
                "ReportFolder": "here",
                "reportingInterval": "00:00:05",
                "ReportFormats": ["Csv"],
                "ScenariosSettings": [
                  { "ScenarioName": "mixed", "Weight": 2 },
                  { "ScenarioName": "mixde", "MaxFailCount": 1 }
                ]
              }
            }
            """).IgnoredSettings.ShouldBe(
            [
                "ClusterSettings", "GlobalSettings:ReportFolder", "GlobalSettings:ReportFormats",
                "GlobalSettings:ScenariosSettings:0:Weight", "GlobalSettings:ScenariosSettings:1 of mixde",
            ],
            ignoreOrder: true);

    [Fact]
    public void Reports_AreWrittenInTheFormatsThatWereAsked()
    {
        var folder = Directory.CreateTempSubdirectory("campaigns-reports-").FullName;
        try
        {
            var stats = NBomberRunner.RegisterScenarios(Mixed())
                .WithReportFolder(folder).WithReportFileName("it")
                .WithReportFormats(ReportFormat.Csv, ReportFormat.Md)
                .Run(_clock);

            stats.ReportFiles.Select(file => Path.GetFileName(file.FilePath)).ShouldBe(["it.csv", "it.md"]);
            File.ReadAllText(Path.Combine(folder, "it.csv")).ShouldContain("mixed,ask,ok,75,");
            File.ReadAllText(Path.Combine(folder, "it.md")).ShouldContain("| mixed | ask | fail | 25 |");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>100 iterations of which every fourth fails.</summary>
    private static ScenarioProps Mixed(string name = "mixed")
    {
        var number = 0;
        return Scenario.Create(name, async context =>
        {
            var answer = await Step.Run("ask", context, () => Task.FromResult(
                Interlocked.Increment(ref number) % 4 == 0 ? Response.Fail("503") : Response.Ok("200", sizeBytes: 10)));
            return answer;
        })
        .WithoutWarmUp()
        .WithLoadSimulations(Simulation.Inject(100, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
    }

    private NodeStats Run(ScenarioProps scenario) =>
        NBomberRunner.RegisterScenarios(scenario).WithoutReports().Run(_clock);
}
