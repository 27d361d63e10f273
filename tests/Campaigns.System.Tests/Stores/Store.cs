using System.Globalization;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Hosts;

namespace Campaigns.System.Tests.Stores;

/// <summary>A database of a test's own, with the data folder of the hosts that use it.</summary>
internal abstract class Store : IAsyncDisposable
{
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";

    protected Store(Dictionary<string, string> settings)
    {
        Folder = Directory.CreateTempSubdirectory("campaigns-system-").FullName;
        Settings = new Dictionary<string, string>(settings)
        {
            ["Campaigns__Data"] = Folder,
            ["Campaigns__Demo"] = "false",
        };
    }

    public string Folder { get; }

    /// <summary>The environment of a host or command on this database.</summary>
    public Dictionary<string, string> Settings { get; }

    /// <summary>Once a host has made the signing key.</summary>
    public DevTokens Tokens => new(Folder);

    public static async Task<Store> CreateAsync(string kind) => kind switch
    {
        Sqlite => new SqliteStore(),
        Postgres => await PostgresStore.CreateAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Takes over the keys of another store's host, as whoever restores a backup has to.</summary>
    public void TakeKeys(Store other)
    {
        foreach (var key in (string[])["chain-key", "seed-key", "dev-signing-key"])
        {
            File.Copy(Path.Combine(other.Folder, key), Path.Combine(Folder, key));
        }
    }

    /// <summary>Makes the wall clock of hosts on this store wrong by so much, from now on.</summary>
    public async Task SetClockAsync(TimeSpan ahead)
    {
        // Replaced as a whole, so that nobody reads half a number.
        var file = Path.Combine(Folder, "clock");
        await File.WriteAllTextAsync(file + ".next", ahead.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        File.Move(file + ".next", file, overwrite: true);
        Settings["Campaigns__Testing__ClockFile"] = file;
    }

    public Task<HostProcess> StartAsync(params string[] arguments) => HostProcess.StartAsync(Settings, arguments);

    public Task<ProcessRun> CommandAsync(params string[] arguments) => ProcessRun.CommandAsync(Settings, arguments);

    /// <summary>Runs a statement as somebody would who can write to the database; the number of rows.</summary>
    public abstract Task<int> ExecuteAsync(string sql);

    /// <summary>The number of rows that a table has.</summary>
    public abstract Task<long> CountAsync(string table);

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
