using Campaigns.LoadRunner.Simulations;
using Campaigns.LoadTests.Runs;
using Campaigns.LoadTests.Scenarios;
using Campaigns.LoadTests.Targets;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Runner;

/// <summary>The load that a JSON configuration asks for, before it is asked.</summary>
internal static class ConfiguredLoad
{
    /// <summary>
    /// The options with the rate, duration and warm-up of the configuration, from which pools, books and reports get
    /// their size.
    /// </summary>
    /// <exception cref="TargetException">It cannot be read, or does not fit the scenario.</exception>
    public static LoadOptions Into(LoadOptions options, LoadScenario scenario)
    {
        if (options.Configuration is not { } file)
        {
            return options;
        }

        var load = Read(file, scenario.Name)
            ?? throw Refused(file, $"its TargetScenarios leave {scenario.Name} out.");
        options = options with { WarmUp = load.WarmUp ?? options.WarmUp };
        return load switch
        {
            { Simulations: 0 } => options,
            _ when scenario.HasOwnShape => throw Refused(
                file, $"what {scenario.Name} checks depends on its own load over time; use --rate and --duration."),
            { IsOpen: false } => throw Refused(
                file, "copies that go round have no rate, by which pools and audit get their size; use Inject."),
            { PeakRate: <= 0 } or { Iterations: <= 0 } => throw Refused(file, "its simulations send nothing."),
            _ => options with
            {
                Rate = (int)Math.Min(int.MaxValue, Math.Ceiling(load.PeakRate)), Duration = load.Duration,
            },
        };
    }

    /// <summary>Null: the scenario is not to run.</summary>
    private static PlannedLoad? Read(string file, string scenario)
    {
        if (!File.Exists(file))
        {
            throw Refused(file, "there is no such file.");
        }

        try
        {
            var nothing = Scenario.Empty(scenario).WithLoadSimulations();
            return NBomberRunner.RegisterScenarios(nothing).LoadConfig(file).Planned.SingleOrDefault();
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or UnauthorizedAccessException
            or FormatException or InvalidOperationException or ArgumentException or ArithmeticException)
        {
            throw Refused(file, broken.GetBaseException().Message.ReplaceLineEndings(" "));
        }
    }

    private static TargetException Refused(string file, string why) => new($"--config {file}: {why}");
}
