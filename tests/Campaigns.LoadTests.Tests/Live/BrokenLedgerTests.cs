using Campaigns.LoadTests.Reports;
using Campaigns.LoadTests.Runs;
using Campaigns.LoadTests.Scenarios;

namespace Campaigns.LoadTests.Tests.Live;

/// <summary>
/// kill -9 in the middle of a run: an honest ledger holds, one that replies before it commits is found out.
/// </summary>
public sealed class BrokenLedgerTests
{
    [Fact]
    public async Task HonestLedger_KilledInTheMiddle_HasAllThatWasTold()
    {
        var report = await KilledAsync();
        report.Audit.Examples.ShouldBeEmpty();
        report.Audit.Facts[0].ShouldStartWith("draws: ");
    }

    [Fact]
    public async Task LedgerThatRepliesBeforeItCommits_IsFoundOut()
    {
        var report = await KilledAsync("Campaigns__Testing__ReplyBeforeCommit=00:00:01");
        report.Audit.ByFault.Keys.ShouldContain("told and not in the ledger");
        report.Holds.ShouldBeFalse();
    }

    [Fact]
    public async Task HostThatDiesForGood_IsAFindingOfAReport()
    {
        var live = new LiveHost();
        await live.InitializeAsync();
        try
        {
            var run = LoadCommand.MeasureAsync(new DrawBurst(), live.Options("draw-burst"));
            await Task.Delay(TimeSpan.FromSeconds(2));
            await live.KillAsync();
            var report = await run;
            report.Holds.ShouldBeFalse();
            report.Audit.ByFault.Keys.ShouldBe(["could not be made"]);
            report.Audit.Facts.ShouldContain(fact => fact.StartsWith("draws: "));
            ConsoleReport.Of(report).ShouldContain("the certificate: no host answers");
        }
        finally
        {
            await live.DisposeAsync();
        }
    }

    private static Task<RunReport> KilledAsync(params string[] settings) =>
        LoadCommand.MeasureAsync(new DrawBurst(), new LoadOptions
        {
            Scenario = "draw-burst",
            Rate = 200,
            Duration = TimeSpan.FromSeconds(6),
            WarmUp = TimeSpan.FromSeconds(1),
            Crash = true,
            HostSettings = settings,
        });
}
