using System.Globalization;
using System.Text;
using Campaigns.LoadRunner.Running;
using Microsoft.Extensions.Configuration;
using NBomber.Contracts;

namespace Campaigns.LoadRunner.Configuration;

/// <summary>
/// NBomber's JSON configuration, of which the stand-in reads TestSuite, TestName, TargetScenarios,
/// ScenarioCompletionTimeout, and of GlobalSettings: ScenariosSettings (WarmUpDuration, LoadSimulationsSettings,
/// CustomSettings, MaxFailCount), GlobalCustomSettings, ReportingInterval. It wins over the code.
/// </summary>
internal static class RunnerConfiguration
{
    private static readonly string[] OfRoot =
        ["TestSuite", "TestName", "TargetScenarios", "ScenarioCompletionTimeout", "GlobalSettings"];

    private static readonly string[] OfGlobal = ["ScenariosSettings", "GlobalCustomSettings", "ReportingInterval"];

    private static readonly string[] OfScenario =
        ["ScenarioName", "WarmUpDuration", "LoadSimulationsSettings", "CustomSettings", "MaxFailCount"];

    /// <param name="pathOrJson">A file, or the JSON itself.</param>
    public static IConfiguration Load(string pathOrJson) => pathOrJson.TrimStart().StartsWith('{')
        ? new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(pathOrJson))).Build()
        : new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(pathOrJson)).Build();

    public static SessionSettings Apply(SessionSettings settings, IConfiguration configuration)
    {
        var global = configuration.GetSection("GlobalSettings");
        var targets = configuration.GetSection("TargetScenarios").Get<string[]>();
        return settings with
        {
            Configuration = configuration,
            TestSuite = configuration["TestSuite"] ?? settings.TestSuite,
            TestName = configuration["TestName"] ?? settings.TestName,
            CompletionTimeout = Time(configuration["ScenarioCompletionTimeout"]) ?? settings.CompletionTimeout,
            ReportingInterval = Time(global["ReportingInterval"]) ?? settings.ReportingInterval,
            Scenarios =
            [
                .. settings.Scenarios
                    .Where(scenario => targets is null || targets.Contains(scenario.ScenarioName))
                    .Select(scenario => Apply(scenario, Scenario(configuration, scenario.ScenarioName))),
            ],
        };
    }

    /// <summary>Settings that the stand-in does not read, and those of scenarios that are not there.</summary>
    public static IReadOnlyList<string> Ignored(IConfiguration? configuration, IEnumerable<ScenarioProps> scenarios)
    {
        if (configuration is null)
        {
            return [];
        }

        var global = configuration.GetSection("GlobalSettings");
        var entries = global.GetSection("ScenariosSettings").GetChildren().ToList();
        var names = scenarios.Select(scenario => scenario.ScenarioName).ToList();
        return
        [
            .. Besides(configuration, OfRoot),
            .. Besides(global, OfGlobal),
            .. entries.SelectMany(entry => Besides(entry, OfScenario)),
            .. entries.Where(entry => !names.Contains(entry["ScenarioName"] ?? ""))
                .Select(entry => $"{entry.Path} of {entry["ScenarioName"] ?? "no scenario"}"),
        ];
    }

    public static IConfigurationSection? Scenario(IConfiguration? configuration, string name) => configuration
        ?.GetSection("GlobalSettings:ScenariosSettings").GetChildren()
        .FirstOrDefault(section => section["ScenarioName"] == name);

    private static IEnumerable<string> Besides(IConfiguration section, string[] known) => section.GetChildren()
        .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
        .Select(child => child.Path);

    private static ScenarioProps Apply(ScenarioProps scenario, IConfigurationSection? section)
    {
        if (section is null)
        {
            return scenario;
        }

        var simulations = section.GetSection("LoadSimulationsSettings").GetChildren().Select(Simulation).ToArray();
        return scenario with
        {
            WarmUpDuration = Time(section["WarmUpDuration"]) ?? scenario.WarmUpDuration,
            LoadSimulations = simulations.Length > 0 ? simulations : scenario.LoadSimulations,
            MaxFailCount = section["MaxFailCount"] is { } count ? Number(count) : scenario.MaxFailCount,
        };
    }

    private static LoadSimulation Simulation(IConfigurationSection entry)
    {
        var named = entry.GetChildren().Single();
        var values = named.GetChildren().Select(value => value.Value!).DefaultIfEmpty(named.Value!).ToArray();
        return (named.Key, values) switch
        {
            ("RampingConstant", [var copies, var during]) => NBomber.CSharp.Simulation.RampingConstant(
                Number(copies), Time(during)!.Value),
            ("KeepConstant", [var copies, var during]) => NBomber.CSharp.Simulation.KeepConstant(
                Number(copies), Time(during)!.Value),
            ("IterationsForConstant", [var copies, var iterations]) => NBomber.CSharp.Simulation.IterationsForConstant(
                Number(copies), Number(iterations)),
            ("RampingInject", [var rate, var interval, var during]) => NBomber.CSharp.Simulation.RampingInject(
                Number(rate), Time(interval)!.Value, Time(during)!.Value),
            ("Inject", [var rate, var interval, var during]) => NBomber.CSharp.Simulation.Inject(
                Number(rate), Time(interval)!.Value, Time(during)!.Value),
            ("InjectRandom", [var min, var max, var interval, var during]) => NBomber.CSharp.Simulation.InjectRandom(
                Number(min), Number(max), Time(interval)!.Value, Time(during)!.Value),
            ("IterationsForInject", [var rate, var interval, var iterations]) =>
                NBomber.CSharp.Simulation.IterationsForInject(
                    Number(rate), Time(interval)!.Value, Number(iterations)),
            ("Pause", [var during]) => NBomber.CSharp.Simulation.Pause(Time(during)!.Value),
            _ => throw new FormatException($"LoadSimulationsSettings: {named.Key} is not known in this form."),
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static TimeSpan? Time(string? text) =>
        text is null ? null : TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
