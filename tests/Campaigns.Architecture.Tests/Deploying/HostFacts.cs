using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>What the program itself says about ports, probes and commands.</summary>
internal static partial class HostFacts
{
    public static (int Silo, int Gateway) Ports
    {
        get
        {
            var settings = Options.New("Campaigns.Host", "Campaigns.Host.Settings.ClusterSettings");
            return ((int)Options.Read(settings, "SiloPort")!, (int)Options.Read(settings, "GatewayPort")!);
        }
    }

    /// <summary>Where the image listens.</summary>
    public static int ImagePort { get; } = int.Parse(
        ListenPort().Match(Text("deploy/Dockerfile")).Groups[1].Value, CultureInfo.InvariantCulture);

    public static IReadOnlyList<string> ProbePaths { get; } =
        [.. Quoted().Matches(Text("src/Campaigns.Gateway/Health/HealthEndpoints.cs"))
            .Select(match => match.Groups[1].Value)];

    public static IReadOnlyList<string> Commands { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "src/Campaigns.Host/Commands"), "*Command.cs")
            .Select(file => Path.GetFileName(file)[..^"Command.cs".Length].ToLowerInvariant())];

    public static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"Campaigns__Urls=http://\*:(\d+)")]
    private static partial Regex ListenPort();

    [GeneratedRegex("\"(/health/[a-z]+)\"")]
    private static partial Regex Quoted();
}

/// <summary>Options classes by reflection: what is internal to the host is still what operators set.</summary>
internal static class Options
{
    public static object New(string assembly, string type)
    {
        var found = Assembly.Load(assembly).GetType(type, throwOnError: true)!;
        return Activator.CreateInstance(found, nonPublic: true)!;
    }

    public static object? Read(object options, string property) =>
        options.GetType().GetProperty(property)!.GetValue(options);
}
