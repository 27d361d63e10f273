using Campaigns.Simulation.Runs;
using Xunit.Abstractions;

namespace Campaigns.Simulation.Tests;

/// <summary>Nights of faults: each seed another one, and none may break a promise.</summary>
[Trait("Proof", "simulation")]
public sealed class SeedTests(ITestOutputHelper output)
{
    private static int Seeds =>
        Environment.GetEnvironmentVariable("CAMPAIGNS_PROVE") == "simulation" ? 100_000 : 2_000;

    [Fact]
    public void ManySeeds_BreakNoPromise()
    {
        var batch = new SeedBatch();

        var failed = batch.Run(0, Seeds);

        output.WriteLine($"{batch.Done} seeds, {batch.Steps} steps");
        failed.ShouldBeEmpty(string.Join("\n", failed.Take(1).Select(result => FailureReport.Of(result, null))));
        batch.Done.ShouldBe(Seeds);
    }
}
