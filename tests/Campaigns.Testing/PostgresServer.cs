using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Campaigns.Testing;

/// <summary>
/// A real PostgreSQL server of the tests' own in a temporary folder. One is shared by a test run, further ones are for
/// tests that kill theirs. As root it runs as user postgres, which PostgreSQL insists on.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> SharedServer = new(() => StartNewAsync());
    private static int _servers;
    private static int _databases;

    private readonly string _folder;
    private readonly string _settings;
    private readonly int _port = FreePort();

    private PostgresServer(string folder, string settings) => (_folder, _settings) = (folder, settings);

    /// <summary>The server that the tests of this process share; it stops with the process.</summary>
    public static Task<PostgresServer> SharedAsync() => SharedServer.Value;

    /// <summary>A server of the caller's own.</summary>
    /// <param name="settings">Settings in the form of <c>fsync=off</c>.</param>
    public static async Task<PostgresServer> StartNewAsync(params string[] settings)
    {
        PostgresLeftovers.Remove();
        var number = Interlocked.Increment(ref _servers);
        var folder = Path.Combine(Path.GetTempPath(), string.Create(
            CultureInfo.InvariantCulture, $"{PostgresLeftovers.Prefix}{Environment.ProcessId}-{number}"));
        await PostgresTools.RunAsync(
            "initdb", "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        var server = new PostgresServer(folder, string.Concat(settings.Select(setting => $" -c {setting}")));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Remove();
        await server.StartAsync();
        return server;
    }

    /// <summary>The owner's connection string to a new database, or to the named one.</summary>
    public string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Include Error Detail=true");

    /// <summary>Creates an empty database and returns the connection string to it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync("postgres", $"create database {name}");
        return ConnectionString(name);
    }

    /// <summary>Runs one statement as the owner.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Starts the server on its data, after <see cref="Kill9"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAsync()
    {
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c max_connections=300{_settings}");
        await PostgresTools.RunAsync(
            "pg_ctl", "start", "-w", "-t", "60", "-D", _folder, "-l", Path.Combine(_folder, "server.log"), "-o", options);
    }

    /// <summary>An orderly stop.</summary>
    public Task StopAsync() => PostgresTools.RunAsync("pg_ctl", "stop", "-w", "-m", "fast", "-D", _folder);

    /// <summary>Kills the postmaster and all its children with SIGKILL and waits until they are gone.</summary>
    public void Kill9() => PostgresLeftovers.Kill9(_folder);

    /// <summary>The process that serves a connection; for stopping and continuing it.</summary>
    public static async Task<int> BackendAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync()
    {
        Remove();
        return ValueTask.CompletedTask;
    }

    private void Remove()
    {
        Kill9();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>The programs of an installed PostgreSQL.</summary>
internal static class PostgresTools
{
    private const string Variable = "CAMPAIGNS_POSTGRES_BIN";

    public static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var path = Path.Combine(Folder(), program);
        if (Environment.UserName == "root")
        {
            start.FileName = "runuser";
            foreach (var argument in new[] { "-u", "postgres", "--", path })
            {
                start.ArgumentList.Add(argument);
            }
        }
        else
        {
            start.FileName = path;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {await errors}{await output}");
        }
    }

    private static string Folder()
    {
        var packaged = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(Version).Select(path => path + "/bin")
            : [];
        var candidates = new[] { Environment.GetEnvironmentVariable(Variable) }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator))
            .Concat(packaged);
        return candidates.FirstOrDefault(folder =>
                !string.IsNullOrEmpty(folder) && File.Exists(Path.Combine(folder, "pg_ctl"))
                && File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException(
                $"No PostgreSQL server found: install version 15 or newer, or set {Variable} to the folder of pg_ctl.");
    }

    private static int Version(string path) =>
        int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : 0;
}

/// <summary>Servers whose test process died without stopping them.</summary>
internal static class PostgresLeftovers
{
    public const string Prefix = "campaigns-pg-";

    public static void Remove()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var owner = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (!Directory.Exists($"/proc/{owner}"))
            {
                Kill9(folder);
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    public static void Kill9(string folder)
    {
        var file = Path.Combine(folder, "postmaster.pid");
        if (!File.Exists(file)
            || !int.TryParse(File.ReadLines(file).First(), CultureInfo.InvariantCulture, out var postmaster)
            || !CommandLine(postmaster).Contains(folder, StringComparison.Ordinal))
        {
            return;
        }

        // The postmaster first: it would start its children anew.
        var doomed = new List<int> { postmaster };
        doomed.AddRange(Children(postmaster));
        doomed.ForEach(Kill);
        SpinWait.SpinUntil(() => doomed.All(process => !IsRunning(process)), TimeSpan.FromSeconds(10));
        File.Delete(file);
    }

    private static void Kill(int process)
    {
        try
        {
            using var victim = Process.GetProcessById(process);
            victim.Kill();
        }
        catch (ArgumentException)
        {
            // Gone already.
        }
    }

    private static IEnumerable<int> Children(int parent) =>
        Directory.GetDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && Status(id).ElementAtOrDefault(1) == parent.ToString(CultureInfo.InvariantCulture));

    private static bool IsRunning(int process) => Status(process).FirstOrDefault() is { } state && state != "Z";

    /// <summary>State, parent and so on; empty when there is no such process.</summary>
    private static string[] Status(int process)
    {
        var stat = Read($"/proc/{process}/stat");
        return stat.Length == 0 ? [] : stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string CommandLine(int process) => Read($"/proc/{process}/cmdline");

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
