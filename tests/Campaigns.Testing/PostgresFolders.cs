using System.Diagnostics;
using System.Globalization;

namespace Campaigns.Testing;

/// <summary>
/// The data folders of test servers: initialised once per process and then copied, removed with the process, or by a
/// later one when that was killed. Processes are found in /proc.
/// </summary>
internal static class PostgresFolders
{
    private const string Prefix = "campaigns-pg-";

    private static readonly Lazy<Task<string>> Template = new(InitialiseAsync);
    private static readonly HashSet<string> Ours = [];
    private static int _created;

    /// <summary>A fresh data folder of a server that has never run.</summary>
    public static async Task<string> CreateAsync()
    {
        var template = await Template.Value;
        var folder = NewFolder();
        await PostgresPrograms.RunAsync("/bin/cp", "-a", template, folder);
        return folder;
    }

    /// <summary>Ends the server that runs on the folder, if any, and deletes it.</summary>
    public static void Remove(string folder)
    {
        Kill9(folder);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Kills all processes of the server with SIGKILL and waits until they are gone. Each has the data folder as its
    /// working directory, also a child that a dying postmaster still started.
    /// </summary>
    public static void Kill9(string folder)
    {
        if (!SpinWait.SpinUntil(() => KillAll(folder) == 0, TimeSpan.FromSeconds(30)))
        {
            throw new InvalidOperationException("PostgreSQL's processes do not die.");
        }

        // They name a process that may stay as a zombie where nobody reaps it, which the next server takes for alive.
        if (Directory.Exists(folder))
        {
            File.Delete(Path.Combine(folder, "postmaster.pid"));
            foreach (var file in Directory.GetFiles(folder, ".s.PGSQL.*.lock"))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Everything that has the data folder as its working directory.</summary>
    public static IReadOnlyList<int> Processes(string folder) =>
    [
        .. Directory.GetDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && WorkingDirectory(id) == folder)
            .Order(),
    ];

    private static int KillAll(string folder)
    {
        var running = Processes(folder);
        foreach (var id in running)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // Gone already.
            }
        }

        return running.Count;
    }

    /// <summary>Null for a process that has ended or is somebody else's.</summary>
    private static string? WorkingDirectory(int process)
    {
        try
        {
            return Directory.ResolveLinkTarget($"/proc/{process}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task<string> InitialiseAsync()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveOurs();
        RemoveLeftovers();
        var folder = NewFolder();
        await PostgresPrograms.RunAsync(
            "initdb", "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        return folder;
    }

    /// <summary>The name of a folder that is removed with the process; there is none yet.</summary>
    public static string NewFolder()
    {
        var number = Interlocked.Increment(ref _created);
        var folder = Path.Combine(Path.GetTempPath(), string.Create(
            CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{number}"));
        lock (Ours)
        {
            Ours.Add(folder);
        }

        return folder;
    }

    private static void RemoveOurs()
    {
        lock (Ours)
        {
            foreach (var folder in Ours)
            {
                Remove(folder);
            }
        }
    }

    private static void RemoveLeftovers()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var owner = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (Directory.Exists($"/proc/{owner}"))
            {
                continue;
            }

            try
            {
                RemoveLeftover(folder);
            }
            catch (IOException)
            {
                // Another process of tests that starts now clears the same folder away.
            }
        }
    }

    private static void RemoveLeftover(string folder)
    {
        try
        {
            Remove(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another process of tests is at it, or somebody else's; whatever stays is for a later one.
        }
    }
}
