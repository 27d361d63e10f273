using Campaigns.Ledger;
using Campaigns.Ledger.Postgres;
using Campaigns.Ledger.Sqlite;
using Campaigns.Ledger.Volatile;
using Campaigns.Testing;

namespace Campaigns.Grains.Tests;

/// <summary>The ledgers that there are.</summary>
public enum LedgerKind
{
    None = 0,
    Volatile,
    Sqlite,
    Postgres,
}

/// <summary>An empty journal of a test's own.</summary>
internal sealed class TestLedger(ILedger ledger, TempFolder folder) : IAsyncDisposable
{
    public ILedger Ledger => ledger;

    public static async Task<TestLedger> OpenAsync(LedgerKind kind)
    {
        var folder = new TempFolder();
        switch (kind)
        {
            case LedgerKind.Volatile:
                return new TestLedger(new VolatileLedger(), folder);
            case LedgerKind.Sqlite:
                var file = new SqliteOptions { Path = folder.File("journal.db") };
                return await MigratedAsync(new SqliteDatabase(file, TimeProvider.System), folder);
            case LedgerKind.Postgres:
                var connection = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
                return await MigratedAsync(
                    new PostgresDatabase(new PostgresOptions { ConnectionString = connection }), folder);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ledger.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<TestLedger> MigratedAsync(ILedgerDatabase database, TempFolder folder)
    {
        await database.MigrateAsync(CancellationToken.None);
        return new TestLedger(database.Ledger, folder);
    }
}
