using System.Reflection;

namespace Campaigns.System.Tests.Hosts;

/// <summary>Where the host lies that was built together with these tests.</summary>
internal static class HostProgram
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string GrainRuntime { get; } = Metadata("GrainRuntime");

    /// <summary>The same configuration, Debug or Release, as that of the tests.</summary>
    public static string Path { get; } = FindPath();

    private static string FindPath()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var bin = output.Parent!.Parent!.FullName;
        return global::System.IO.Path.Combine(bin, "Campaigns.Host", output.Name, "Campaigns.Host.dll");
    }

    private static string Metadata(string key) => typeof(HostProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
