using System.Text.Json;
using System.Text.Json.Nodes;
using Campaigns.LoadTests.Runs;
using Campaigns.LoadTests.Scenarios;
using Campaigns.LoadTests.Targets;

namespace Campaigns.LoadTests.Runner;

/// <summary>
/// The load that a JSON configuration asks for. NBomber does not tell it before the run, so a configuration that sets
/// the load is refused.
/// </summary>
internal static class ConfiguredLoad
{
    private static readonly string[] OfTheLoad = ["LoadSimulationsSettings", "WarmUpDuration"];

    /// <exception cref="TargetException">It cannot be read, or does not fit the scenario.</exception>
    public static LoadOptions Into(LoadOptions options, LoadScenario scenario)
    {
        if (options.Configuration is not { } file)
        {
            return options;
        }

        try
        {
            var json = JsonNode.Parse(File.ReadAllText(file));
            if (json?["TargetScenarios"] is JsonArray targets
                && !targets.Any(target => (string?)target == scenario.Name))
            {
                throw Refused(file, $"its TargetScenarios leave {scenario.Name} out.");
            }

            if (json?["GlobalSettings"]?["ScenariosSettings"] is JsonArray entries
                && entries.Any(entry => OfTheLoad.Any(name => entry?[name] is not null)))
            {
                throw Refused(file, "on NBomber it cannot set the load; use --rate, --duration and --warm-up.");
            }

            return options;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException
            or InvalidOperationException)
        {
            throw Refused(file, broken.Message.ReplaceLineEndings(" "));
        }
    }

    private static TargetException Refused(string file, string why) => new($"--config {file}: {why}");
}
