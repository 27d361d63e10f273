using Campaigns.Domain.Values;
using Campaigns.Ledger.Leases;
using Campaigns.Ledger.Sqlite;
using Campaigns.Ledger.Tests.Conformance;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Sqlite;

public sealed class SqliteConformance() : LedgerConformance(new SqliteBackend());

internal sealed class SqliteBackend : IBackend
{
    private readonly TempFolder _folder = new();
    private SqliteDatabase? _database;

    public SqliteOptions Options => new() { Path = _folder.File("journal.db") };

    public ILeaseStore Leases => _database!.Leases;

    public int WriteConnections => 1;

    public async Task StartAsync()
    {
        _database = new SqliteDatabase(Options, TimeProvider.System);
        await _database.MigrateAsync(CancellationToken.None);
    }

    public Task<ILedger> OpenAsync() => Task.FromResult(new SqliteDatabase(Options, TimeProvider.System).Ledger);

    public Task ClearSnapshotsAsync() => ExecuteAsync("delete from snapshots; delete from snapshot_segments");

    public Task DeleteSegmentAsync(StreamId stream, int index) =>
        ExecuteAsync($"delete from snapshot_segments where stream = x'{stream}' and ordinal = {index}");

    public Task AlterAmountAsync(StreamId stream, long version) => ExecuteAsync(
        $"update entries set amount = amount + 1 where stream = x'{stream}' and version = {version}");

    public Task DamageAsync(StreamId stream, long version, string column) => ExecuteAsync(
        $"update entries set {column} = substr({column}, 1, 1) where stream = x'{stream}' and version = {version}");

    public Task DamageCursorAsync(StreamId stream) =>
        ExecuteAsync($"update snapshots set cursor = x'00' where stream = x'{stream}'");

    public Task RemoveAsync(IEnumerable<(StreamId Stream, long Version)> rows) =>
        ExecuteAsync("begin;" + string.Concat(rows.Select(row =>
            $"delete from entries where stream = x'{row.Stream}' and version = {row.Version};")) + "commit");

    public Task ExecuteAsync(string sql)
    {
        using var session = new SqliteSession(Options, readOnly: false);
        session.Execute(sql);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _database!.DisposeAsync();
        _folder.Dispose();
    }
}
