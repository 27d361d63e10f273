using Campaigns.Ledger.Sqlite;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Sqlite;

/// <summary>Migrations, the check of rule 15 and what a second process does to a file.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TempFolder _folder = new();

    private SqliteOptions Options => new() { Path = _folder.File("sub/journal.db") };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task MigrationsTwiceAndByManyHostsAtOnce_AreAppliedOnce()
    {
        var hosts = Enumerable.Range(0, 4).Select(_ => Open()).ToList();

        await Task.WhenAll(hosts.Select(host => host.MigrateAsync(None).AsTask()));
        await hosts[0].MigrateAsync(None);

        using var session = new SqliteSession(Options, readOnly: true);
        using var versions = session.Prepare("select count(*), max(name) from schema_version");
        versions.Step().ShouldBeTrue();
        (versions.Int64(0), versions.Text(1)).ShouldBe((1, "0001_journal"));
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task DatabaseNewerThanTheProgram_IsRefusedInOneLine()
    {
        await using var database = Open();
        await database.MigrateAsync(None);
        using (var session = new SqliteSession(Options, readOnly: false))
        {
            session.Execute("insert into schema_version values (9, 'later', 0)");
        }

        var refusal = await Should.ThrowAsync<DatabaseRefusedException>(async () => await database.MigrateAsync(None));

        refusal.Message.ShouldContain("schema version 9");
        refusal.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task FileInAWriteAheadLog_PassesTheDurabilityCheck()
    {
        await using var database = Open();
        await database.MigrateAsync(None);
        await database.CheckDurabilityAsync(None);
    }

    [Fact]
    public void DatabaseThatCannotKeepALog_IsRefusedInOneLine()
    {
        using var session = new SqliteSession(Options with { Path = ":memory:" }, readOnly: false);

        var refusal = Should.Throw<DatabaseRefusedException>(() => SqliteDatabase.CheckDurability(session, "It"));

        refusal.Message.ShouldContain("journal_mode is 'memory'");
        refusal.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void DatabaseThatDoesNotSyncEachCommit_IsRefused()
    {
        Directory.CreateDirectory(_folder.File("sub"));
        using var session = new SqliteSession(Options, readOnly: false);
        SqliteDatabase.CheckDurability(session, "It");
        session.Execute("pragma synchronous = normal");

        Should.Throw<DatabaseRefusedException>(() => SqliteDatabase.CheckDurability(session, "It"))
            .Message.ShouldContain("synchronous is '1'");
    }

    [Fact]
    public async Task LockHeldByAnotherProcess_MeansNotWrittenAndReadersGoOn()
    {
        await using var database = Open();
        await database.MigrateAsync(None);
        var author = new StreamAuthor("pool/a");
        (await database.Ledger.WriteAsync([author.Commit()], None)).ShouldBe(WriteOutcome.Committed);
        using (var other = new SqliteSession(Options, readOnly: false))
        {
            other.Execute("begin immediate");
            (await database.Ledger.WriteAsync([author.Fork().Commit()], None)).ShouldBe(WriteOutcome.NotWritten);
            (await database.Ledger.HeadsAsync([author.Stream], None))[0].Version.ShouldBe(1);
        }

        (await database.Ledger.WriteAsync([author.Commit()], None)).ShouldBe(WriteOutcome.Committed);
    }

    [Fact]
    public async Task FileThatIsNoDatabase_CannotBeAskedOrWritten()
    {
        Directory.CreateDirectory(_folder.File("sub"));
        await File.WriteAllTextAsync(Options.Path, new string('x', 5_000));
        await using var database = Open();

        await Should.ThrowAsync<LedgerUnavailableException>(async () => await database.MigrateAsync(None));
        (await database.Ledger.WriteAsync([new StreamAuthor("a").Commit()], None)).ShouldBe(WriteOutcome.NotWritten);
    }

    private SqliteDatabase Open() => new(Options, TimeProvider.System);
}
