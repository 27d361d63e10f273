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
    public const string OrleansState = "orleans-state";
    public const string CampaignsPostgres = "campaigns-postgres";
    public const string CampaignsSqlite = "campaigns-sqlite";
    public const string CheckInPostgres = "check-in-postgres";

    /// <summary>Growth draws a pool to its last packet and repeats nothing: a stall must not make it refuse.</summary>
    private static readonly Dictionary<string, string> Patient = new()
    {
        ["Campaigns__Gateway__Draws__LongestWait"] = "00:00:10",
    };

    private readonly string _folder = NewFolder();
    private CampaignHost? _growth;

    private Field()
    {
        KeyFile = Path.Combine(_folder, "key");
        File.WriteAllText(KeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }

    public static IReadOnlyList<string> Keys { get; } =
    [
        Noop, RedisAlways, RedisEverySecond, PostgresCounter, PostgresSkipLocked,
        .. Programs.GrainRuntime == "Orleans" ? [OrleansState] : Array.Empty<string>(),
        CampaignsPostgres, CampaignsSqlite, CheckInPostgres,
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
                field.Contestants.Add(new Contestant(key, await field.StartAsync(key), field.KeyFile));
            }

            return field;
        }
        catch
        {
            await field.DisposeAsync();
            throw;
        }
    }

    public string KeyFile { get; }

    /// <summary>No system yet; <see cref="GrowthHostAsync"/> starts the one that growth looks at.</summary>
    public static Field Empty() => new();

    public async Task<CampaignHost> GrowthHostAsync() => _growth ??=
        await HostAsync("growth", await PostgresAsync(), Patient);

    public Task CheckpointAsync() => Postgres?.CheckpointAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var contestant in Contestants)
        {
            await contestant.System.DisposeAsync();
        }

        if (_growth is not null)
        {
            await _growth.DisposeAsync();
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
        Noop => await Peer.NoopAsync(KeyFile, "no-op"),
        RedisAlways => await Peer.RedisAsync(KeyFile, _folder, "Redis + Lua, AOF always", "always"),
        RedisEverySecond => await Peer.RedisAsync(KeyFile, _folder, "Redis + Lua, AOF everysec", "everysec"),
        PostgresCounter => await Peer.PostgresAsync(
            KeyFile, await PostgresAsync(), "PostgreSQL counter + claim", "postgres-counter"),
        PostgresSkipLocked => await Peer.PostgresAsync(
            KeyFile, await PostgresAsync(), "PostgreSQL skip locked + claim", "postgres-skip-locked"),
        OrleansState => await Peer.PostgresAsync(
            KeyFile, await PostgresAsync(), "Orleans, state per call", "orleans-state"),
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
        return new OurCheckIns(
            name, await HostAsync(CheckInPostgres, postgres), postgres, DatabaseOf(CheckInPostgres));
    }

    private async Task<CampaignHost> HostAsync(
        string key, PostgresServer? postgres, Dictionary<string, string>? settings = null) =>
        await CampaignHost.StartAsync(
            Path.Combine(_folder, key),
            KeyFile,
            postgres is null ? null : await postgres.CreateDatabaseAsync(DatabaseOf(key)),
            settings);

    private static string DatabaseOf(string key) => key.Replace('-', '_');

    private static (string, int)[] Servers(PostgresServer? postgres) =>
        postgres is null ? [] : [("postgres", postgres.ProcessId)];
}
