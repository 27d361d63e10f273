using Campaigns.Ledger.Leases;
using Campaigns.Ledger.Migrations;

namespace Campaigns.Ledger.Sqlite;

/// <summary>A SQLite file as the host's database: for one host at a time, which its lease secures.</summary>
public sealed class SqliteDatabase : ILedgerDatabase
{
    private readonly SqliteOptions _options;
    private readonly TimeProvider _time;
    private readonly SqliteThreads _writer;

    /// <param name="time">The clock of the leases; hosts on one file share one machine's clock.</param>
    public SqliteDatabase(SqliteOptions options, TimeProvider time)
    {
        _options = options with { Path = Path.GetFullPath(options.Path) };
        _time = time;
        Directory.CreateDirectory(Path.GetDirectoryName(_options.Path)!);
        _writer = Open("journal writer", 1, readOnly: false);
        Ledger = new SqliteLedger(
            _writer,
            Open("journal reader", _options.Readers, readOnly: true),
            () => Open("journal view", 1, readOnly: true));
        Leases = new SqliteLeases(_writer, time);
    }

    public string Description => $"The SQLite file '{_options.Path}'";

    public ILedger Ledger { get; }

    public ILeaseStore Leases { get; }

    public async ValueTask MigrateAsync(CancellationToken cancellation) =>
        await _writer.RunAsync(
            session =>
            {
                Migrate(session);
                return true;
            },
            cancellation);

    public async ValueTask CheckDurabilityAsync(CancellationToken cancellation) =>
        await _writer.RunAsync(
            session =>
            {
                CheckDurability(session, Description);
                return true;
            },
            cancellation);

    /// <summary>
    /// Copies the database as it is at one instant into a new file, while others read and write; returns once the disk
    /// has it. Throws <see cref="LedgerUnavailableException"/> where that fails.
    /// </summary>
    public async Task CopyToAsync(string path, CancellationToken cancellation)
    {
        await _writer.RunAsync(
            session =>
            {
                session.Execute($"vacuum into '{path.Replace("'", "''", StringComparison.Ordinal)}'");
                return true;
            },
            cancellation);

        // SQLite leaves that to the system for a file that nobody relies on yet.
        await using var copy = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        copy.Flush(flushToDisk: true);
    }

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();

    internal static void CheckDurability(SqliteSession session, string description)
    {
        var (mode, synchronous) = (session.Pragma("journal_mode"), session.Pragma("synchronous"));
        if (mode != "wal" || synchronous != "2")
        {
            throw new DatabaseRefusedException(
                $"{description} cannot keep what is acknowledged: journal_mode is '{mode}' and synchronous is "
                + $"'{synchronous}', needed are 'wal' and '2' (FULL). Is it on a network file system?");
        }
    }

    private SqliteThreads Open(string name, int count, bool readOnly) =>
        new(name, count, _options.QueueLimit, () => new SqliteSession(_options, readOnly));

    private void Migrate(SqliteSession session)
    {
        session.Execute("begin exclusive");
        try
        {
            session.Execute(
                """
                create table if not exists schema_version (
                    version integer not null primary key, name text not null, applied_at integer not null) strict
                """);
            foreach (var script in MigrationScript.After(MigrationScript.Of("Sqlite"), Present(session), Description))
            {
                session.Execute(script.Sql);
                using var note = session.Prepare("insert into schema_version values (?1, ?2, ?3)");
                note.Bind(1, script.Version).Bind(2, script.Name)
                    .Bind(3, _time.GetUtcNow().ToUnixTimeMilliseconds()).Run();
            }

            session.Execute("commit");
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    private static int Present(SqliteSession session)
    {
        using var versions = session.Prepare("select coalesce(max(version), 0) from schema_version");
        return versions.Step() ? (int)versions.Int64(0) : 0;
    }
}
