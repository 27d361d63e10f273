using System.Security.Cryptography;
using Campaigns.Bench.Systems;

namespace Campaigns.Bench.Rounds;

/// <summary>All systems of a run, started fresh in a folder that goes with them.</summary>
internal sealed class Field : IAsyncDisposable
{
    public const string Noop = "noop";
    public const string RedisAlways = "redis-always";
    public const string RedisEverySecond = "redis-everysec";
    public const string PostgresCounter = "postgres-counter";
    public const string PostgresSkipLocked = "postgres-skip-locked";
    public const string CampaignsPostgres = "campaigns-postgres";
    public const string CampaignsSqlite = "campaigns-sqlite";
    public const string CheckInPostgres = "check-in-postgres";

    private readonly string _folder = NewFolder();
    private readonly string _keyFile;

    private Field()
    {
        _keyFile = Path.Combine(_folder, "key");
        File.WriteAllText(_keyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }

    public static IReadOnlyList<string> Keys { get; } =
    [
        Noop, RedisAlways, RedisEverySecond, PostgresCounter, PostgresSkipLocked, CampaignsPostgres, CampaignsSqlite,
        CheckInPostgres,
    ];

    public List<Contestant> Contestants { get; } = [];

    public PostgresServer? Postgres { get; private set; }

    public static async Task<Field> StartAsync(BenchOptions options)
    {
        var keys = options.Only.Count > 0 ? options.Only : Keys;
        var other = options.Ledger switch { "postgres" => "-sqlite", "sqlite" => "-postgres", _ => null };
        var field = new Field();
        try
        {
            foreach (var key in keys.Where(key => other is null || !key.EndsWith(other, StringComparison.Ordinal)))
            {
                field.Contestants.Add(new Contestant(key, await field.StartAsync(key), field._keyFile));
            }

            return field;
        }
        catch
        {
            await field.DisposeAsync();
            throw;
        }
    }

    public Task CheckpointAsync() => Postgres?.CheckpointAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var contestant in Contestants)
        {
            await contestant.System.DisposeAsync();
        }

        if (Postgres is not null)
        {
            await Postgres.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Not a folder of mode 0700: PostgreSQL's own user has to reach its data.</summary>
    private static string NewFolder() => Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), $"campaigns-bench-{Environment.ProcessId}")).FullName;

    private async Task<BenchSystem> StartAsync(string key) => key switch
    {
        Noop => await Peer.NoopAsync(_keyFile, "no-op"),
        RedisAlways => await Peer.RedisAsync(_keyFile, _folder, "Redis + Lua, AOF always", "always"),
        RedisEverySecond => await Peer.RedisAsync(_keyFile, _folder, "Redis + Lua, AOF everysec", "everysec"),
        PostgresCounter => await Peer.PostgresAsync(
            _keyFile, await PostgresAsync(), "PostgreSQL counter + claim", "postgres-counter"),
        PostgresSkipLocked => await Peer.PostgresAsync(
            _keyFile, await PostgresAsync(), "PostgreSQL skip locked + claim", "postgres-skip-locked"),
        CampaignsPostgres => await OursAsync(key, "campaigns (PostgreSQL)"),
        CampaignsSqlite => await OursAsync(key, "campaigns (SQLite)"),
        CheckInPostgres => await CheckInsAsync("campaigns check-in (PostgreSQL)"),
        _ => throw new ArgumentException($"There is no system '{key}': {string.Join(", ", Keys)}."),
    };

    private async Task<PostgresServer> PostgresAsync() => Postgres ??= await PostgresServer.StartAsync(_folder);

    private async Task<BenchSystem> OursAsync(string key, string name)
    {
        var postgres = key == CampaignsSqlite ? null : await PostgresAsync();
        return new OurDraws(name, await HostAsync(key, postgres), Servers(postgres));
    }

    private async Task<BenchSystem> CheckInsAsync(string name)
    {
        var postgres = await PostgresAsync();
        return new OurCheckIns(name, await HostAsync(CheckInPostgres, postgres), Servers(postgres));
    }

    private async Task<CampaignHost> HostAsync(string key, PostgresServer? postgres) => await CampaignHost.StartAsync(
        Path.Combine(_folder, key),
        _keyFile,
        postgres is null ? null : await postgres.CreateDatabaseAsync(key.Replace('-', '_')));

    private static (string, int)[] Servers(PostgresServer? postgres) =>
        postgres is null ? [] : [("postgres", postgres.ProcessId)];
}
