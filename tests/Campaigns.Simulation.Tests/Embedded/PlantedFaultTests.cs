using Campaigns.Ledger;
using Campaigns.Simulation.Checks;
using Campaigns.Simulation.PlantedFaults;
using Campaigns.Simulation.Plans;
using Campaigns.Simulation.Runs;
using Xunit.Abstractions;

namespace Campaigns.Simulation.Tests;

/// <summary>Tests the tester: what it cannot see when it is put in on purpose, it would not see by chance.</summary>
public sealed class PlantedFaultTests(ITestOutputHelper output)
{
    private const int MostSeeds = 400;

    public static TheoryData<string> Faults => [.. PlantedFault.Names];

    [Theory]
    [MemberData(nameof(Faults))]
    public void PlantedFault_IsCaught(string fault)
    {
        var batch = new SeedBatch(fault);

        var failed = batch.Run(0, MostSeeds);

        failed.ShouldNotBeEmpty($"{batch.Done} seeds have seen nothing of {fault}");
        output.WriteLine($"{fault}: seed {failed[0].Seed}, {failed[0].Violation}");
    }

    [Fact]
    public void ListOfFaults_HoldsTheTwelveClassicalOnes()
    {
        string[] classical =
        [
            "reply-before-commit", "no-fence", "fence-on-the-wrong-stream", "operation-id-after-the-commit",
            "result-not-stored", "quota-by-wall-clock", "streak-by-utc-day", "refund-twice", "exhausted-too-early",
            "credit-lost-on-reload", "unknown-is-failed", "unknown-is-committed",
        ];

        classical.ShouldBeSubsetOf(PlantedFault.Names);
    }

    [Fact]
    public void WorkFromAnotherThread_FailsTheSeed_AndShowsItsStack()
    {
        var result = SeedRun.Of(Plan.For(0), new EscapingCommits());

        result.Violation!.Rule.ShouldBe(Rules.Scheduler);
        result.Violation.Detail.ShouldContain(nameof(EscapingCommits));
    }

    private sealed class EscapingCommits : Planted
    {
        public override async Task<CommitOutcome> Enqueue(IGroupCommitter committer, Commit commit, int reserved)
        {
            await Task.Run(() => { }).ConfigureAwait(false);
            return await committer.Enqueue(commit, reserved);
        }
    }
}
