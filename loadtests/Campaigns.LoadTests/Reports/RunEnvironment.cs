using System.Diagnostics;
using System.Runtime.InteropServices;
using Campaigns.LoadTests.Targets;

namespace Campaigns.LoadTests.Reports;

/// <summary>Where and on what a run was made.</summary>
internal sealed record RunEnvironment
{
    /// <summary>Of the run's own host; null: the target's is not known.</summary>
    public required string? Commit { get; init; }

    public required string GeneratorCommit { get; init; }

    public required string Machine { get; init; }

    public required string Processor { get; init; }

    public required int Cores { get; init; }

    public required long MemoryBytes { get; init; }

    public required string System { get; init; }

    public required string Framework { get; init; }

    public required string GrainRuntime { get; init; }

    public required string Target { get; init; }

    public required string Database { get; init; }

    public required IReadOnlyDictionary<string, string> HostSettings { get; init; }

    public static RunEnvironment Of(Target target, IReadOnlyDictionary<string, string> settings)
    {
        var commit = Run("git", "-C", HostProgram.RepositoryRoot, "describe", "--always", "--dirty", "--abbrev=12")
            ?? "not known";
        return Of(target, settings, commit);
    }

    private static RunEnvironment Of(
        Target target, IReadOnlyDictionary<string, string> settings, string commit) => new()
    {
        Commit = target.Host is null ? null : commit,
        GeneratorCommit = commit,
        Machine = Environment.MachineName,
        Processor = ProcessorName(),
        Cores = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        System = RuntimeInformation.OSDescription,
        Framework = RuntimeInformation.FrameworkDescription,
        GrainRuntime = target.Host is null ? "of the target" : HostProgram.GrainRuntime,
        Target = target.Host is null ? target.Address.ToString() : "own host",
        Database = target.Database,
        HostSettings = settings,
    };

    private static string ProcessorName()
    {
        const string File = "/proc/cpuinfo";
        var line = global::System.IO.File.Exists(File)
            ? global::System.IO.File.ReadLines(File)
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 && output.Length > 0 ? output : null;
        }
        catch (Exception failure) when (failure is IOException or global::System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
