using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Campaigns.Testing;

/// <summary>
/// A real PostgreSQL server of the tests' own in a temporary folder, with the settings of a fresh installation (fsync
/// on). One is shared by a test process; tests that stop, kill or configure theirs start one. It is gone with the
/// process.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => StartAsync());
    private static int _databases;

    private readonly string _folder;
    private readonly string _settings;
    private readonly int _port = FreePort();

    private PostgresServer(string folder, string settings) => (_folder, _settings) = (folder, settings);

    /// <summary>The server that the tests of this process share; nobody stops it.</summary>
    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <summary>A server of the caller's own. Fails with one line where PostgreSQL is not installed.</summary>
    /// <param name="settings">Settings in the form of <c>fsync=off</c>.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var folder = await PostgresFolders.CreateAsync();
        var server = new PostgresServer(folder, string.Concat(settings.Select(setting => $" -c {setting}")));
        await server.RestartAsync();
        return server;
    }

    /// <summary>The data folder.</summary>
    public string Folder => _folder;

    /// <summary>The owner's connection string to a database.</summary>
    public string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Include Error Detail=true");

    /// <summary>Creates an empty database and returns the owner's connection string to it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync(ConnectionString("postgres"), $"create database {name}");
        return ConnectionString(name);
    }

    /// <summary>Runs one statement on a connection of its own; the number of rows.</summary>
    public static async Task<int> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The number of rows of a table, asked on a pooled connection: for polling.</summary>
    public static async Task<long> CountAsync(string connectionString, string table)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select count(*) from {table}", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What pg_dump says of a database, in its own format.</summary>
    public Task DumpAsync(string database, string file) =>
        RunAsync("pg_dump", "--format=custom", $"--file={file}", $"--dbname={database}");

    /// <summary>A new database with what a dump holds; its connection string.</summary>
    public async Task<string> RestoreAsync(string file)
    {
        var connection = await CreateDatabaseAsync();
        var database = new NpgsqlConnectionStringBuilder(connection).Database;
        await RunAsync("pg_restore", "--exit-on-error", $"--dbname={database}", file);
        return connection;
    }

    /// <summary>Another server on a copy of all files, taken by pg_basebackup while this one runs.</summary>
    public async Task<PostgresServer> BaseBackupAsync()
    {
        var server = new PostgresServer(PostgresFolders.NewFolder(), _settings);
        await RunAsync("pg_basebackup", "--checkpoint=fast", $"--pgdata={server._folder}");
        await server.RestartAsync();
        return server;
    }

    /// <summary>Kills the postmaster and all its children with SIGKILL and waits until they are gone.</summary>
    public void Kill9() => PostgresFolders.Kill9(_folder);

    /// <summary>Whether it takes connections.</summary>
    public async Task<bool> IsUpAsync()
    {
        try
        {
            await ExecuteAsync(ConnectionString("postgres"), "select 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>The ids of the postmaster and all its children.</summary>
    public IReadOnlyList<int> Processes() => PostgresFolders.Processes(_folder);

    /// <summary>An orderly stop that does not wait for clients.</summary>
    public Task StopAsync() => PostgresPrograms.RunAsync("pg_ctl", "stop", "-w", "-m", "fast", "-D", _folder);

    /// <summary>
    /// Starts the server again on its data and port, after <see cref="Kill9"/> or <see cref="StopAsync"/>.
    /// </summary>
    public async Task RestartAsync()
    {
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c max_connections=200{_settings}");
        var log = Path.Combine(_folder, "server.log");
        try
        {
            await PostgresPrograms.RunAsync(
                "pg_ctl", "start", "-w", "-t", "60", "-D", _folder, "-l", log, "-o", options);
        }
        catch (InvalidOperationException failure) when (File.Exists(log))
        {
            var tail = string.Join('\n', File.ReadLines(log).TakeLast(10));
            throw new InvalidOperationException($"{failure.Message}{tail}", failure);
        }
    }

    public ValueTask DisposeAsync()
    {
        PostgresFolders.Remove(_folder);
        return ValueTask.CompletedTask;
    }

    private Task RunAsync(string program, params string[] arguments) => PostgresPrograms.RunAsync(
        program,
        [.. arguments, "--host=127.0.0.1", "--username=postgres", string.Create(
            CultureInfo.InvariantCulture, $"--port={_port}")]);

    /// <summary>
    /// Below the range from which the system takes ports for outgoing connections: a client that keeps trying while the
    /// server is away would sooner or later be given the server's own port, and connect to itself.
    /// </summary>
    private static int FreePort()
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken by somebody else.
            }
        }

        throw new InvalidOperationException("No free port for PostgreSQL between 20000 and 32000.");
    }
}
