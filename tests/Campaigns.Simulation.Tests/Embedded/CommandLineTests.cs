using Campaigns.Simulation.Plans;
using Campaigns.Simulation.Runs;

namespace Campaigns.Simulation.Tests;

public sealed class CommandLineTests
{
    private const string Fault = "unknown-is-committed";

    [Fact]
    public void FailingSeed_PrintsOneCommand_WhichReplaysItShortened()
    {
        var (code, text) = Run("--seeds", "60", "--planted", Fault);
        code.ShouldBe(1);
        var command = text.Split('\n').First(line => line.StartsWith("replay with: ", StringComparison.Ordinal));
        var args = command["replay with: ./campaigns simulate ".Length..].Trim().Split(' ');
        var seed = ulong.Parse(args[1]);

        var (replayed, trace) = Run(args);

        replayed.ShouldBe(1);
        args[^1].Split(',').Length.ShouldBeLessThan(Plan.For(seed).Items.Count / 4);
        var rule = text.Split('\n').First(line => line.StartsWith($"seed {seed}: ", StringComparison.Ordinal))
            .Split(": ")[1];
        trace.ShouldContain(rule);
        trace.ShouldContain("journal: campaign/night 3 CampaignApproved");
    }

    [Fact]
    public void SoundSeeds_EndWithCodeZero_AndAFigure()
    {
        var (code, text) = Run("--seeds", "4", "--from", "100");
        code.ShouldBe(0, text);
        text.ShouldContain("4 of 4 seeds, 0 violations");
    }

    [Theory]
    [InlineData("--seeds")]
    [InlineData("--seeds", "none")]
    [InlineData("--planted", "nothing-known")]
    [InlineData("--seed", "1", "--keep", "a")]
    [InlineData("--other", "1")]
    public void WrongArguments_ShowTheUsage(params string[] args)
    {
        var (code, text) = Run(args);
        code.ShouldBe(2);
        text.ShouldContain("./campaigns simulate [--seeds N]");
    }

    private static (int Code, string Text) Run(params string[] args)
    {
        using var output = new StringWriter();
        var code = CommandLine.Run(args, output);
        return (code, output.ToString());
    }
}
