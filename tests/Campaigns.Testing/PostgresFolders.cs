using System.Diagnostics;
using System.Globalization;

namespace Campaigns.Testing;

/// <summary>
/// The data folders of test servers: initialised once per process and then copied, removed with the process, or by a later
/// one when that was killed. Processes are found in /proc.
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

    /// <summary>Kills the postmaster and all its children with SIGKILL and waits until they are gone.</summary>
    public static void Kill9(string folder)
    {
        var file = Path.Combine(folder, "postmaster.pid");
        if (!File.Exists(file)
            || !int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var postmaster)
            || !Read($"/proc/{postmaster}/cmdline").Contains(folder, StringComparison.Ordinal))
        {
            return;
        }

        // The postmaster first: it would clean up after its children. Those that it starts meanwhile are found after it.
        Kill(postmaster, Children(postmaster));
    }

    private static void Kill(int postmaster, IReadOnlyList<int> children)
    {
        var doomed = new List<int> { postmaster };
        doomed.AddRange(children);
        foreach (var id in doomed)
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

        if (!SpinWait.SpinUntil(() => !doomed.Exists(IsRunning), TimeSpan.FromSeconds(30)))
        {
            throw new InvalidOperationException("PostgreSQL's processes do not die.");
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

    private static string NewFolder()
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
            if (!Directory.Exists($"/proc/{owner}"))
            {
                Remove(folder);
            }
        }
    }

    private static List<int> Children(int parent)
    {
        var id = parent.ToString(CultureInfo.InvariantCulture);
        return
        [
            .. Directory.GetDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(process => process > 0 && Status(process).ElementAtOrDefault(1) == id),
        ];
    }

    private static bool IsRunning(int process) => Status(process).FirstOrDefault() is { } state && state != "Z";

    /// <summary>State, parent and so on; empty when there is no such process.</summary>
    private static string[] Status(int process)
    {
        var stat = Read($"/proc/{process}/stat");
        return stat.Length == 0 ? [] : stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
