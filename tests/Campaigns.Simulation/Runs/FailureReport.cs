using System.Text;
using Campaigns.Simulation.PlantedFaults;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Runs;

/// <summary>What people read of a failing seed: the rule, the command that replays it, the shortened trace.</summary>
internal static class FailureReport
{
    private const int MostRuns = 250;
    private const int LastLines = 200;

    public static string Of(SeedResult failed, string? planted, bool shortens = true)
    {
        var plan = Plan.For(failed.Seed);
        var all = plan.Items.Select(item => item.Number).ToList();
        var kept = shortens ? new Shortening(plan, planted, failed.Violation!.Rule, MostRuns).Items() : all;
        var replay = SeedRun.Of(plan.Only(new HashSet<int>(kept)), PlantedFault.Of(planted), keepsText: true);
        var text = new StringBuilder();
        text.AppendLine($"seed {failed.Seed}: {failed.Violation}");
        text.AppendLine($"shortened to {kept.Count} of {all.Count} items: {replay.Violation}");
        text.AppendLine($"replay with: {Command(failed.Seed, planted, kept, all.Count)}");
        text.AppendLine("the campaign:").AppendLine(plan.Campaign.Document);
        text.AppendLine(
            $"{plan.Settings.Nodes} processes, skewed by {string.Join(", ", plan.Settings.Skews)}; what happened:");
        foreach (var line in replay.Lines.Skip(Math.Max(0, replay.Lines.Count - LastLines)))
            text.AppendLine(line);
        return text.ToString();
    }

    private static string Command(ulong seed, string? planted, IReadOnlyList<int> kept, int all) =>
        $"./campaigns simulate --seed {seed}"
        + (planted is null ? "" : $" --planted {planted}")
        + (kept.Count == all ? "" : $" --keep {string.Join(',', kept.DefaultIfEmpty(-1))}");
}
