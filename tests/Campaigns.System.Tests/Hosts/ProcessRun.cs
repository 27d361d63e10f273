using System.Diagnostics;

namespace Campaigns.System.Tests.Hosts;

/// <summary>A program that was run to its end.</summary>
internal sealed record ProcessRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs one of the host's commands beside a host on the same data.</summary>
    public static Task<ProcessRun> CommandAsync(
        IReadOnlyDictionary<string, string> settings, params string[] arguments) =>
        RunAsync("dotnet", [HostProgram.Path, .. arguments], settings, TimeSpan.FromMinutes(5));

    public static async Task<ProcessRun> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> variables,
        TimeSpan atMost,
        string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? HostProgram.RepositoryRoot,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var bound = new CancellationTokenSource(atMost);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(bound.Token);
            var error = process.StandardError.ReadToEndAsync(bound.Token);
            await process.WaitForExitAsync(bound.Token);
            return new ProcessRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {atMost}.");
        }
    }
}
