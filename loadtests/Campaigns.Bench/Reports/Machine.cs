using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Campaigns.Bench.Systems;

namespace Campaigns.Bench.Reports;

/// <summary>What a figure means nothing without: the commit, the machine and the versions.</summary>
internal static class Machine
{
    public static async Task<IReadOnlyList<string>> DescribeAsync(PostgresServer? postgres) =>
    [
        $"commit `{await CommitAsync()}`, {Now()} UTC",
        $"{Environment.ProcessorCount} cores ({Processor()}), {Memory()} GB, {RuntimeInformation.OSDescription.Trim()}",
        $".NET {Environment.Version}, grains on {Programs.GrainRuntime}, {Server(postgres)}, {await RedisAsync()}",
    ];

    private static async Task<string> CommitAsync()
    {
        var commit = await OutputAsync("git", "-C", Programs.RepositoryRoot, "rev-parse", "--short=10", "HEAD");
        var changed = await OutputAsync(
            "git", "-C", Programs.RepositoryRoot, "status", "--porcelain", "--untracked-files=no", "src", "loadtests");
        return commit.Length == 0 ? "unknown" : changed.Length == 0 ? commit : commit + " and changes";
    }

    private static string Now() => DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Server(PostgresServer? postgres) =>
        postgres is null ? "no PostgreSQL" : "PostgreSQL " + postgres.Version.Split(' ')[0];

    private static async Task<string> RedisAsync()
    {
        var version = await OutputAsync("redis-server", "--version");
        var word = version.Split(' ').FirstOrDefault(word => word.StartsWith("v=", StringComparison.Ordinal));
        return word is null ? "no Redis" : "Redis " + word[2..];
    }

    private static string Processor() => File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static long Memory() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024 * 1024);

    /// <summary>What a program prints; nothing where it is missing or fails.</summary>
    private static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output.Trim() : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
