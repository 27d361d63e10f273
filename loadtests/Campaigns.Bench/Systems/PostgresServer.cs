using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Campaigns.Bench.Systems;

/// <summary>
/// A PostgreSQL server of the bench's own with the settings of a fresh installation, so fsync and synchronous commit
/// are on. All systems share it, each with a database of its own.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Packaged = "/usr/lib/postgresql";

    /// <summary>The journal's number for a check-in.</summary>
    private const int CheckedIn = 310;

    private readonly string _folder;
    private readonly int _port;

    private PostgresServer(string folder, int port) => (_folder, _port) = (folder, port);

    /// <summary>The postmaster.</summary>
    public int ProcessId { get; private set; }

    public string Version { get; private set; } = "";

    public static async Task<PostgresServer> StartAsync(string parent)
    {
        var folder = Path.Combine(parent, "postgres");
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root")
        {
            await CommandAsync("chown", "postgres", folder);
        }

        var server = new PostgresServer(folder, FreePorts.Next());
        await ProgramAsync("initdb", "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
        await ProgramAsync(
            "pg_ctl", "start", "-w", "-t", "60", "-D", folder, "-l", Path.Combine(folder, "server.log"), "-o",
            $"-p {server._port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=300");
        var pid = File.ReadLines(Path.Combine(folder, "postmaster.pid")).First();
        server.ProcessId = int.Parse(pid, CultureInfo.InvariantCulture);
        server.Version = (string)(await server.ScalarAsync("show server_version"))!;
        return server;
    }

    public async Task<string> CreateDatabaseAsync(string name)
    {
        await ScalarAsync($"create database {name}");
        return ConnectionString(name);
    }

    /// <summary>So that every round begins with the same debts to the disk.</summary>
    public Task CheckpointAsync() => ScalarAsync("checkpoint");

    /// <summary>Bytes of a database's journal, of its indexes, and of all the server's log so far.</summary>
    public async Task<(long Rows, long Indexes, long Log)> BytesAsync(string database) => (
        (long)(await ScalarAsync("select pg_table_size('entries')", database))!,
        (long)(await ScalarAsync("select pg_indexes_size('entries')", database))!,
        (long)(await ScalarAsync("select (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint"))!);

    /// <summary>All check-ins of a database, and the points that they gave.</summary>
    public async Task<StoredCount> CheckInsAsync(string database) => new(
        (long)(await ScalarAsync($"select count(*) from entries where kind = {CheckedIn}", database))!,
        (long)(await ScalarAsync(
            $"select coalesce(sum(amount), 0)::bigint from entries where kind = {CheckedIn}", database))!);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ProgramAsync("pg_ctl", "stop", "-w", "-m", "fast", "-D", _folder);
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}";

    private async Task<object?> ScalarAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static Task ProgramAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(ProgramFolder(), program);
        return Environment.UserName == "root"
            ? CommandAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : CommandAsync(path, arguments);
    }

    private static async Task CommandAsync(string program, params string[] arguments)
    {
        // A server that was started would keep a redirected output open, so the shell throws it away.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null", program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed with {process.ExitCode}.");
        }
    }

    private static string ProgramFolder()
    {
        var packaged = Directory.Exists(Packaged)
            ? Directory.GetDirectories(Packaged).OrderDescending().Select(path => path + "/bin")
            : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(packaged)
            .FirstOrDefault(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL's server programs are missing.");
    }
}
