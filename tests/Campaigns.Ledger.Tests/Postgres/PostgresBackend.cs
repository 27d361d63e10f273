using Campaigns.Domain.Values;
using Campaigns.Ledger.Leases;
using Campaigns.Ledger.Postgres;
using Campaigns.Ledger.Tests.Conformance;
using Campaigns.Testing;
using Npgsql;

namespace Campaigns.Ledger.Tests.Postgres;

public sealed class PostgresConformance() : LedgerConformance(new PostgresBackend());

/// <summary>The same with the application's role, which may not update, delete or create.</summary>
public sealed class PostgresApplicationRoleConformance() : LedgerConformance(new PostgresBackend(asApplication: true));

internal sealed class PostgresBackend(bool asApplication = false) : IBackend
{
    private string _owner = string.Empty;
    private PostgresDatabase? _database;

    public ILeaseStore Leases => _database!.Leases;

    public int WriteConnections => Options.WriteConnections;

    public PostgresOptions Options { get; private set; } = new() { ConnectionString = string.Empty };

    public async Task StartAsync()
    {
        var server = await PostgresServer.SharedAsync();
        _owner = await server.CreateDatabaseAsync();
        Options = new PostgresOptions { ConnectionString = _owner, WriteConnections = 3 };
        await using var database = new PostgresDatabase(Options);
        await database.MigrateAsync(CancellationToken.None);
        if (asApplication)
        {
            var role = "application_" + Guid.NewGuid().ToString("n");
            await ExecuteAsync($"create role {role} login");
            await database.GrantAsync(role, CancellationToken.None);
            Options = Options with
            {
                ConnectionString = new NpgsqlConnectionStringBuilder(_owner) { Username = role }.ConnectionString,
            };
        }

        _database = new PostgresDatabase(Options);
    }

    public Task<ILedger> OpenAsync() => Task.FromResult(new PostgresDatabase(Options).Ledger);

    public Task ClearSnapshotsAsync() => ExecuteAsync("truncate snapshots, snapshot_segments");

    public Task DeleteSegmentAsync(StreamId stream, int index) =>
        ExecuteAsync($"delete from snapshot_segments where stream = '{stream}' and ordinal = {index}");

    public Task AlterAmountAsync(StreamId stream, long version) => ExecuteAsync(
        $"update entries set amount = amount + 1 where stream = '{stream}' and version = {version}");

    public Task DamageAsync(StreamId stream, long version, string column)
    {
        var value = column == "payload" ? "substr(payload, 1, 1)" : $"'{Guid.AllBitsSet}'";
        return ExecuteAsync($"update entries set {column} = {value} where stream = '{stream}' and version = {version}");
    }

    public Task DamageCursorAsync(StreamId stream) =>
        ExecuteAsync($"update snapshots set cursor_versions = '{{1, 2, 3}}' where stream = '{stream}'");

    public Task RemoveAsync(IEnumerable<(StreamId Stream, long Version)> rows) =>
        ExecuteAsync(string.Concat(rows.Select(row =>
            $"delete from entries where stream = '{row.Stream}' and version = {row.Version};")));

    /// <summary>Runs a statement as the owner of the tables.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_owner + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public ValueTask DisposeAsync() => _database!.DisposeAsync();
}
