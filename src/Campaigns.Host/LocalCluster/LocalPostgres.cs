using System.Diagnostics;
using System.Globalization;

namespace Campaigns.Host.LocalCluster;

/// <summary>
/// A PostgreSQL of this command's own: a folder that is gone afterwards, a free port, the settings of a fresh
/// installation. Its programs refuse to run as root, so root runs them as user postgres.
/// </summary>
internal sealed class LocalPostgres : IAsyncDisposable
{
    private const string Packaged = "/usr/lib/postgresql";

    private readonly string _folder;
    private readonly int _port;

    private LocalPostgres(string folder, int port) => (_folder, _port) = (folder, port);

    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres");

    /// <summary>Throws <see cref="HostException"/> where PostgreSQL is not installed or does not start.</summary>
    public static async Task<LocalPostgres> StartAsync(CancellationToken stop)
    {
        // initdb makes the folder, so that it belongs to whom it runs as.
        var folder = Path.Combine(Path.GetTempPath(), $"campaigns-cluster-{Guid.NewGuid():n}");
        var port = FreePort.On("127.0.0.1");
        string[] fresh = ["-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
        await RunAsync("initdb", fresh, stop);
        var server = new LocalPostgres(folder, port);
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=300");
        string[] start = ["start", "-w", "-D", folder, "-l", Path.Combine(folder, "log"), "-o", options];
        await RunAsync("pg_ctl", start, stop);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("pg_ctl", ["stop", "-w", "-m", "fast", "-D", _folder], CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken stop)
    {
        var path = Path.Combine(Folder(), program);
        var start = Environment.UserName == "root"
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = Path.GetTempPath();

        // A server that was started keeps what it inherits: nothing of it may be a pipe that somebody waits for.
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ended.TrySetResult();
        if (!process.HasExited)
        {
            await ended.Task.WaitAsync(stop);
        }

        if (process.ExitCode != 0)
        {
            throw new HostException(
                string.Create(CultureInfo.InvariantCulture, $"{program} failed with exit code {process.ExitCode}."));
        }
    }

    private static string Folder()
    {
        var packaged = Directory.Exists(Packaged)
            ? Directory.GetDirectories(Packaged).Order(StringComparer.Ordinal).Reverse().Select(path => path + "/bin")
            : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Concat(packaged)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new HostException(
                "PostgreSQL's server programs (initdb, pg_ctl) are missing: install them, or give --postgres.");
    }
}
