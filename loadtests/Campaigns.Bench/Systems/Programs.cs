using System.Reflection;

namespace Campaigns.Bench.Systems;

/// <summary>Where the programs lie that were built together with this one.</summary>
internal static class Programs
{
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory.TrimEnd('/'));

    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string GrainRuntime { get; } = Metadata("GrainRuntime");

    public static string Host => Of("Campaigns.Host");

    public static string Bench => Of("Campaigns.Bench");

    /// <summary>
    /// Starts a peer under the runtime settings of the host (garbage collector, tiering, thread pool), so that these
    /// never make the difference.
    /// </summary>
    public static IEnumerable<string> Peer(params string[] arguments) =>
    [
        "exec", "--runtimeconfig", Path.ChangeExtension(Host, ".runtimeconfig.json"), Of("Campaigns.Peers"),
        .. arguments,
    ];

    private static string Of(string project)
    {
        var path = Path.Combine(Output.Parent!.Parent!.FullName, project, Output.Name, project + ".dll");
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is not built.");
    }

    private static string Metadata(string key) => typeof(Programs).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
