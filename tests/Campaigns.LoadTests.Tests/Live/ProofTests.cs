using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Reports;
using Campaigns.LoadTests.Runs;
using Campaigns.LoadTests.Scenarios;
using Xunit.Abstractions;

namespace Campaigns.LoadTests.Tests.Live;

/// <summary>What load tests have to show, small in every run and in full by <c>./campaigns prove</c>.</summary>
public sealed class ProofTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Proof", "retry-storm")]
    public async Task OperationsSentOneToFiveTimesAtOnce_HaveOneOutcomeEach()
    {
        var proven = Scale.IsProven("retry-storm");
        var report = await MeasureAsync(new RetryStorm(), new LoadOptions
        {
            Scenario = "retry-storm",
            Rate = proven ? 500 : 200,
            Duration = TimeSpan.FromSeconds(proven ? 200 : 3),
            WarmUp = TimeSpan.Zero,
            // The proof is about outcomes: a machine that others use may be slow.
            MaxP99 = int.MaxValue,
            MaxFailed = 100,
            InFlight = 20_000,
        });

        report.Audit.Facts[0].ShouldStartWith(proven ? "draws: 100000 asked" : "draws: 600 asked");
        report.Meter.Total().All.ShouldBeGreaterThan(proven ? 250_000 : 1_200);
        report.Audit.Examples.ShouldBeEmpty();
        report.Holds.ShouldBeTrue(string.Join('\n', report.Checks));
    }

    [Fact]
    [Trait("Proof", "overload")]
    public async Task FiveTimesTheCapacity_TurnsAwayWhatItCannotDo()
    {
        var proven = Scale.IsProven("overload");
        var report = await MeasureAsync(new Overload(), new LoadOptions
        {
            Scenario = "overload",
            Capacity = proven ? 4_000 : 400,
            Duration = TimeSpan.FromSeconds(proven ? 60 : 12),
            // A queue of a second at that pace.
            HostSettings = proven
                ? []
                : ["Campaigns__Gateway__Draws__Queue=400", "Campaigns__Gateway__Draws__Batch=64"],
        });

        report.Audit.Examples.ShouldBeEmpty();
        var total = report.Meter.Total();
        total[Verdict.Busy].ShouldBeGreaterThan(0);
        total[Verdict.Failed].ShouldBe(0, string.Join(", ", total.Codes));
        if (proven)
        {
            report.Holds.ShouldBeTrue(string.Join('\n', report.Checks));
        }
    }

    /// <summary>At a pace at which two cores are not full of the generator's own work.</summary>
    [Fact]
    [Trait("Proof", "overload")]
    public async Task FiveTimesTheCapacity_WhoIsTurnedAwayLearnsItAtOnce()
    {
        var proven = Scale.IsProven("overload");
        var report = await MeasureAsync(new Overload(), new LoadOptions
        {
            Scenario = "overload",
            Capacity = proven ? 1_000 : 200,
            Duration = TimeSpan.FromSeconds(proven ? 30 : 4),
            WarmUp = TimeSpan.FromSeconds(2),
            HostSettings = proven
                ? []
                : ["Campaigns__Gateway__Draws__Queue=200", "Campaigns__Gateway__Draws__Batch=32"],
        });

        var turned = report.Meter.Total().Turned;
        turned.Count.ShouldBeGreaterThan(0);
        // Other programs may hold up some of the requests of a small run.
        turned.Quantile(proven ? 0.99 : 0.5).ShouldBeLessThan(50_000, "microseconds");
    }

    [Fact]
    [Trait("Proof", "neighbours")]
    public async Task HotCampaign_DoesNotStarveTheQuietOneBesideIt()
    {
        var proven = Scale.IsProven("neighbours");
        var report = await MeasureAsync(new Neighbours(), new LoadOptions
        {
            Scenario = "neighbours",
            Capacity = proven ? 2_000 : 400,
            Duration = TimeSpan.FromSeconds(proven ? 30 : 5),
            WarmUp = TimeSpan.FromSeconds(2),
            HostSettings = proven
                ? []
                : ["Campaigns__Gateway__Draws__Queue=400", "Campaigns__Gateway__Draws__Batch=64"],
        });

        report.Audit.Examples.ShouldBeEmpty();
        report.Meter.Kinds.Single(tally => tally.Kind == "hot draw")[Verdict.Busy].ShouldBeGreaterThan(0);
        // A machine that others use too may hold some of them up; the hot one loses four of five.
        var quiet = report.Meter.Kinds.Single(tally => tally.Kind == "quiet draw");
        quiet[Verdict.Done].ShouldBeGreaterThan(quiet.All * 4 / 5);
        if (proven)
        {
            report.Holds.ShouldBeTrue(string.Join('\n', report.Checks));
        }
    }

    private async Task<RunReport> MeasureAsync(LoadScenario scenario, LoadOptions options)
    {
        var report = await LoadCommand.MeasureAsync(scenario, options);
        output.WriteLine(ConsoleReport.Of(report));
        return report;
    }
}
