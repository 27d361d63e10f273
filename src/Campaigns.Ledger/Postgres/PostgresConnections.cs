using System.Globalization;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>The kinds of connections, each with the settings that its work rests on.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    /// <summary>
    /// Rule 2: what a stopped writer holds uncommitted must not stall a sound one. Its row blocks others for a lock
    /// timeout at a time, and is gone when its own statement or idle timeout fires.
    /// </summary>
    private const string WriteSettings =
        "-c synchronous_commit=on -c lock_timeout=500 -c statement_timeout=5000 "
        + "-c idle_in_transaction_session_timeout=2000";

    /// <summary>
    /// One snapshot for all statements of a batch. Plans are made once and always by index: the statistics of a table
    /// that grew from nothing within a minute would call for scans.
    /// </summary>
    private const string LoadSettings =
        "-c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on "
        + "-c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan";

    /// <summary>Snapshots are a cache and leases a courtesy: neither is worth a wait for the disk.</summary>
    private const string UpkeepSettings = "-c synchronous_commit=off -c lock_timeout=500 -c statement_timeout=5000";

    private readonly PostgresOptions _options;

    public PostgresConnections(PostgresOptions options)
    {
        _options = options;
        var load = (int)options.LoadTimeout.TotalSeconds;
        Write = Source("journal", WriteSettings, settings =>
        {
            settings.Pooling = false;
            settings.CommandTimeout = (int)options.WriteTimeout.TotalSeconds;
        });
        Load = Source("loads", string.Create(
            CultureInfo.InvariantCulture, $"{LoadSettings} -c statement_timeout={load * 1000}"), settings =>
        {
            settings.MaxPoolSize = options.LoadConnections;
            settings.CommandTimeout = load + 2;
            settings.MaxAutoPrepare = 30;
            settings.AutoPrepareMinUsages = 2;
        });
        Upkeep = Source("upkeep", UpkeepSettings, settings => settings.MaxPoolSize = options.UpkeepConnections);
        Plain = Source("operator", string.Empty, settings =>
        {
            settings.Pooling = false;
            settings.CommandTimeout = 0;
        });
    }

    /// <summary>Physical connections for the journal; whoever opens one keeps it.</summary>
    public NpgsqlDataSource Write { get; }

    public NpgsqlDataSource Load { get; }

    public NpgsqlDataSource Upkeep { get; }

    /// <summary>For migrations and for reading the whole journal: no time limits.</summary>
    public NpgsqlDataSource Plain { get; }

    public async ValueTask DisposeAsync()
    {
        await Write.DisposeAsync();
        await Load.DisposeAsync();
        await Upkeep.DisposeAsync();
        await Plain.DisposeAsync();
    }

    private NpgsqlDataSource Source(string purpose, string serverSettings, Action<NpgsqlConnectionStringBuilder> adjust)
    {
        var settings = PostgresConnectionString.Parse(_options.ConnectionString);
        settings.Options = $"{settings.Options} {serverSettings}".Trim();
        settings.ApplicationName = $"{settings.ApplicationName ?? "campaigns"} {purpose}";
        settings.NoResetOnClose = true;
        settings.Timeout = (int)_options.ConnectTimeout.TotalSeconds;
        settings.CancellationTimeout = 2_000;
        adjust(settings);
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
