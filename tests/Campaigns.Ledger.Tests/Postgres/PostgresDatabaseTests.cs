using Campaigns.Ledger.Postgres;
using Campaigns.Testing;
using Npgsql;

namespace Campaigns.Ledger.Tests.Postgres;

/// <summary>What a host asks of a database before it serves: schema, rights, settings.</summary>
public sealed class PostgresDatabaseTests
{
    [Fact]
    public async Task ManyHostsMigratingAnEmptyDatabaseAtOnce_MigrateItOnce()
    {
        var server = await PostgresServer.SharedAsync();
        var options = new PostgresOptions { ConnectionString = await server.CreateDatabaseAsync() };
        var hosts = Enumerable.Range(0, 6).Select(_ => new PostgresDatabase(options)).ToList();

        await Task.WhenAll(hosts.Select(host => host.MigrateAsync(CancellationToken.None).AsTask()));
        await hosts[0].MigrateAsync(CancellationToken.None);

        (await hosts[5].Ledger.WriteAsync([new StreamAuthor("user/migrated").Commit()], CancellationToken.None))
            .ShouldBe(WriteOutcome.Committed);
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task NewerSchema_IsRefusedWithOneLine()
    {
        await using var bench = await PostgresBench.StartAsync();
        await bench.ExecuteAsync("insert into schema_version (version, name) values (999, 'from the future')");

        var refusal = await Should.ThrowAsync<DatabaseRefusedException>(
            async () => await bench.Database.MigrateAsync(CancellationToken.None));

        refusal.Message.ShouldContain("schema version 999");
        refusal.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task ApplicationsRole_CanNeitherChangeNorRemoveEntries()
    {
        await using var bench = await PostgresBench.StartAsync();
        (await bench.WriteAsync(new StreamAuthor("user/kept").Commit())).ShouldBe(WriteOutcome.Committed);
        var application = await AsRoleAsync(bench);
        await bench.Database.GrantAsync(RoleOf(application), CancellationToken.None);

        foreach (var sql in new[]
        {
            "update entries set amount = 1", "delete from entries", "truncate entries", "drop table entries",
            "alter table entries disable trigger all", "insert into schema_version values (2, 'x')",
        })
        {
            var refusal = await Should.ThrowAsync<PostgresException>(
                () => PostgresServer.ExecuteAsync(application, sql), sql);
            refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);
        }

        await using var host = new PostgresDatabase(new PostgresOptions { ConnectionString = application });
        await host.MigrateAsync(CancellationToken.None);
        await host.CheckDurabilityAsync(CancellationToken.None);
        (await host.Ledger.WriteAsync([new StreamAuthor("user/added").Commit()], CancellationToken.None))
            .ShouldBe(WriteOutcome.Committed);
    }

    [Fact]
    public async Task RoleThatMayNotMigrate_IsToldWhoMay()
    {
        await using var bench = await PostgresBench.StartAsync();
        await bench.ExecuteAsync("drop table schema_version, entries");
        await using var host = new PostgresDatabase(
            new PostgresOptions { ConnectionString = await AsRoleAsync(bench) });

        var refusal = await Should.ThrowAsync<DatabaseRefusedException>(
            async () => await host.MigrateAsync(CancellationToken.None));

        refusal.Message.ShouldContain("owner of its tables");
        refusal.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task ServerThatCouldLoseWhatItAcknowledged_IsRefusedWithOneLineThatNamesItsSettings()
    {
        await using var server = await PostgresServer.StartAsync("fsync=off", "full_page_writes=off");
        await using var bench = await PostgresBench.StartAsync(server);

        var refusal = await Should.ThrowAsync<DatabaseRefusedException>(
            async () => await bench.Database.CheckDurabilityAsync(CancellationToken.None));

        refusal.Message.ShouldContain("fsync is 'off', full_page_writes is 'off'");
        refusal.Message.ShouldNotContain("synchronous_commit");
        refusal.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task ReadOnlyDatabase_IsRefused()
    {
        await using var bench = await PostgresBench.StartAsync();
        await bench.Database.CheckDurabilityAsync(CancellationToken.None);
        await bench.ExecuteAsync(
            """
            do $$ begin
                execute format('alter database %I set default_transaction_read_only = on', current_database());
            end $$
            """);

        var refusal = await Should.ThrowAsync<DatabaseRefusedException>(
            async () => await bench.Database.CheckDurabilityAsync(CancellationToken.None));

        refusal.Message.ShouldContain("transaction_read_only is 'on'");
    }

    private static async Task<string> AsRoleAsync(PostgresBench bench)
    {
        var role = $"application {Guid.NewGuid():n}";
        await bench.ExecuteAsync($"create role \"{role}\" login");
        return new NpgsqlConnectionStringBuilder(bench.Owner) { Username = role }.ConnectionString;
    }

    private static string RoleOf(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString).Username!;
}
