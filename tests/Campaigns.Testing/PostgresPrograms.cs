using System.Diagnostics;
using System.Globalization;

namespace Campaigns.Testing;

/// <summary>
/// The programs of an installed PostgreSQL, from PATH or where Debian puts them. They refuse to run as root, so root
/// runs them as user postgres.
/// </summary>
internal static class PostgresPrograms
{
    private const string Packaged = "/usr/lib/postgresql";

    public static async Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.IsPathRooted(program) ? program : Find(program);
        var (file, first) = Environment.UserName == "root"
            ? ("runuser", new[] { "-u", "postgres", "--", path })
            : (path, Array.Empty<string>());
        var start = new ProcessStartInfo(file, [.. first, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;

        // The output ends when its last holder has closed it, which a server that was started never does.
        var said = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => Note(said, line.Data);
        process.ErrorDataReceived += (_, line) => Note(said, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var exited = new TaskCompletionSource();
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => exited.TrySetResult();
        if (!process.HasExited)
        {
            await exited.Task;
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed with {process.ExitCode}: {Text(said)}");
        }
    }

    private static readonly Lazy<IReadOnlyList<string>> Folders = new(() =>
    {
        var packaged = Directory.Exists(Packaged)
            ? Directory.GetDirectories(Packaged).OrderByDescending(Version).Select(path => path + "/bin")
            : [];
        return
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
                .Concat(packaged)
                .Where(folder => folder.Length > 0),
        ];
    });

    /// <summary>PATH may have some of the programs alone; a package has them all.</summary>
    private static string Find(string program) => Folders.Value
        .Where(folder => File.Exists(Path.Combine(folder, program)))
        .OrderByDescending(folder => File.Exists(Path.Combine(folder, "pg_ctl"))
            && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_basebackup")))
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault()
        ?? throw new InvalidOperationException(
            $"PostgreSQL 15 or newer is needed: {program} is neither on PATH nor in {Packaged}/*/bin.");

    private static void Note(System.Text.StringBuilder said, string? line)
    {
        lock (said)
        {
            said.AppendLine(line);
        }
    }

    private static string Text(System.Text.StringBuilder said)
    {
        lock (said)
        {
            return said.ToString();
        }
    }

    private static int Version(string path) =>
        int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : 0;
}
