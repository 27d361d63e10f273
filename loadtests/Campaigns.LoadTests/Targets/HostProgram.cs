using System.Diagnostics;
using System.Reflection;

namespace Campaigns.LoadTests.Targets;

/// <summary>The host that was built together with the load tests, as a program.</summary>
internal sealed class HostProgram(string path)
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string GrainRuntime { get; } = Metadata("GrainRuntime");

    public string Path => path;

    /// <param name="given">Null: the one beside the load tests in the build's output.</param>
    public static HostProgram Find(string? given)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var path = given ?? System.IO.Path.Combine(
            output.Parent!.Parent!.FullName, "Campaigns.Host", output.Name, "Campaigns.Host.dll");
        return File.Exists(path)
            ? new HostProgram(path)
            : throw new TargetException($"there is no host at {path}: build it, or name it with --host.");
    }

    /// <summary>A run of one of the host's commands.</summary>
    public ProcessStartInfo Command(params IEnumerable<string> arguments) => new("dotnet", [path, .. arguments])
    {
        WorkingDirectory = System.IO.Path.GetTempPath(),
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static string Metadata(string key) => typeof(HostProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
