using System.Text.Json.Nodes;
using Campaigns.LoadTests.Auditing;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Reports;
using Campaigns.LoadTests.Runs;
using Campaigns.LoadTests.Scenarios;
using Campaigns.LoadTests.Tests.Runner;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Tests.Reports;

/// <summary>A run passes by what it did, never by what it did not do.</summary>
public sealed class RunReportTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Meter _meter = new(10 * Second);

    [Fact]
    public void RunThatDidWhatWasMeant_Holds()
    {
        Record("draw", Verdict.Done, 100);
        Report(due: 100).Holds.ShouldBeTrue();
    }

    [Fact]
    public void RunThatAskedNothing_DoesNotHold()
    {
        var report = Report(due: 0, ran: 0);
        report.Holds.ShouldBeFalse();
        report.Checks[0].Measured.ShouldBe("nothing was asked");
        report.Checks[1].Holds.ShouldBeFalse();
    }

    [Fact]
    public void RunOfRefusalsAlone_DoesNotHold()
    {
        Record("draw", Verdict.Refused, 100);
        Record("view", Verdict.Done, 100);
        var report = Report(due: 100);
        report.Holds.ShouldBeFalse();
        report.Checks[0].Measured.ShouldBe("none of draw");
    }

    [Theory]
    [InlineData(105, true)]
    [InlineData(106, false)]
    public void RunThatSentLessThanWasMeant_DoesNotHold(long due, bool holds)
    {
        Record("draw", Verdict.Done, 100);
        Report(due).Holds.ShouldBe(holds);
    }

    [Fact]
    public void ThresholdThatTheRunnerDoesNotTellOf_IsNotMet()
    {
        Record("draw", Verdict.Done, 100);
        var report = Report(due: 100, scenario: new DrawBurst());
        report.Checks.Count(check => check.Measured.StartsWith("not checked")).ShouldBe(2);
        report.Holds.ShouldBeFalse();
    }

    [Fact]
    public void RequestsThatWereNotSent_AreInEveryReport()
    {
        Record("draw", Verdict.Done, 30);
        for (var i = 0; i < 70; i++)
        {
            _meter.NotSent(i * Second / 100);
        }

        var report = Report(due: 100);
        Tables.Requests(report).Select(row => string.Join(' ', row[..8])).ShouldBe(
        [
            "request due sent goodput/s done refused turned away failed", "draw 30 30 30 30 0 0 0",
            "not sent 70 0 0 0 0 0 70", "all 100 30 30 30 0 0 70",
        ]);
        CsvReport.Of(report).Split('\n')[1].ShouldStartWith("0,100,30,30,0,0,70,");
        var all = JsonNode.Parse(JsonReport.Of(report))!["requests"]![2]!;
        ((long)all["due"]!, (long)all["sent"]!, (long)all["failed"]!).ShouldBe((100, 30, 70));
        report.Checks[0].Measured.ShouldBe("30 done");
    }

    [Fact]
    public void RequestThatWasSentLate_IsDueAtItsTimeAndSentAtTheOther()
    {
        _meter.Record("draw", Verdict.Done, "200", 2 * Second, latency: 3_400_000, service: 100_000);
        var (due, sent) = (_meter.Sum(2 * Second, 3 * Second), _meter.Sum(5 * Second, 6 * Second));
        (due.All, due.Sent, sent.All, sent.Sent).ShouldBe((1, 0, 0, 1));
    }

    [Fact]
    public void Json_HasWhatThePagesHave()
    {
        Record("draw", Verdict.Done, 100);
        var json = JsonNode.Parse(JsonReport.Of(Report(due: 100, scenario: new MixedNight())))!.AsObject();
        json["settings"]!.ToJsonString().ShouldBe(
            """{"inFlight":8192,"maxP99":1000,"maxFailedPercent":1,"config":null,"crash":false}""");
        ((int)json["connections"]!).ShouldBe(3);
        json["phases"]!.AsArray().Select(phase => (string?)phase!["name"]).ShouldBe(["ramp", "20:00", "tail"]);
        ((long)json["intervals"]![0]!["done"]!).ShouldBe(100);
        json.ContainsKey("processorMicrosecondsPerRequest").ShouldBeTrue();
        json.ContainsKey("thresholds").ShouldBeTrue();
        ((string?)json["environment"]!["generatorCommit"]).ShouldBe("abc");
        json["environment"]!["commit"].ShouldBeNull();
    }

    [Fact]
    public void CommitOfAnothersHost_IsCalledTheGenerators() =>
        Tables.Settings(Report(due: 1)).ShouldContain(row => row[0] == "generator commit" && row[1] == "abc");

    [Theory]
    [InlineData(0, 0, true, "not seen")]
    [InlineData(100, 110, true, "yes")]
    [InlineData(100, 300, false, "NO")]
    [InlineData(100, 0, false, "NO")]
    public void Memory_IsNeverMetUnseen(long second, long third, bool holds, string shown)
    {
        var samples = new[] { (4.0, second), (8.0, third) }.Select(sample => new ResourceSample(
            TimeSpan.FromSeconds(sample.Item1), sample.Item2 << 20, TimeSpan.Zero, TimeSpan.Zero)).ToList();
        var memory = Memory.Bounded("memory", samples, new Phase("all", TimeSpan.Zero, 9 * Second), _meter);
        memory.Holds.ShouldBe(holds);
        Tables.Checks(Report(due: 1) with { Requirements = [memory] })
            .ShouldContain(row => row[0] == "memory" && row[1] == shown);
    }

    private void Record(string kind, Verdict verdict, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _meter.Record(kind, verdict, verdict == Verdict.Done ? "200" : "409", TimeSpan.Zero, 500, 500);
        }
    }

    /// <param name="ran">Iterations that the runner tells of, in a second.</param>
    /// <param name="scenario">Null: one without thresholds.</param>
    private RunReport Report(long due, int ran = 100, LoadScenario? scenario = null)
    {
        var answered = Scenario.Create("any", _ => Task.FromResult<IResponse>(Response.Ok())).WithoutWarmUp();
        var stats = NBomberRunner.RegisterScenarios(answered.WithLoadSimulations(
            ran == 0 ? Simulation.Pause(Second) : Simulation.Inject(ran, Second, Second)))
            .WithoutReports().WithReportingInterval(TimeSpan.FromHours(1)).Run(new ManualClock());
        var options = new LoadOptions { Scenario = "any" };
        scenario ??= new Overload();
        return new RunReport
        {
            Scenario = scenario,
            Options = options,
            Plan = scenario.Plan(options),
            Started = DateTimeOffset.UnixEpoch,
            Environment = Elsewhere(),
            Meter = _meter,
            Samples = [],
            Result = new RunnerResult(stats, [], null) { Due = due, Begun = stats.AllRequestCount },
            Requirements = [],
            Audit = new AuditFindings(),
            Connections = 3,
        };
    }

    private static RunEnvironment Elsewhere() => new()
    {
        Commit = null,
        GeneratorCommit = "abc",
        Machine = "here",
        Processor = "one",
        Cores = 1,
        MemoryBytes = 1,
        System = "any",
        Framework = "any",
        GrainRuntime = "of the target",
        Target = "http://elsewhere/",
        Database = "not known",
        HostSettings = new Dictionary<string, string>(),
    };
}
