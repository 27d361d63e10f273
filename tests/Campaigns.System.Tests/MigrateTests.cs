using Campaigns.System.Tests.Stores;
using Npgsql;

namespace Campaigns.System.Tests;

/// <summary>What is done before hosts of a new version start, and how a machine asks whether one is ready.</summary>
public sealed class MigrateTests
{
    [Fact]
    public async Task Migrate_MakesTheSchemaAndGivesEachRoleWhatItNeeds()
    {
        await using var store = await Store.CreateAsync(Store.Postgres);
        var (application, gateway) = ($"app_{Guid.NewGuid():n}", $"gateway_{Guid.NewGuid():n}");
        await store.ExecuteAsync($"create role {application} login; create role {gateway} login");
        for (var time = 0; time < 2; time++)
        {
            var run = await store.CommandAsync("migrate", "--role", application, "--gateway-role", gateway);
            run.ExitCode.ShouldBe(0, run.Error);
            run.Output.ShouldStartWith("migrated: ");
        }

        await As(store, application, "insert into orleans_membership_version values ('c', 0, now())");
        await As(store, gateway, "select address from orleans_membership");
        foreach (var sql in (string[])["select payload from entries", "delete from orleans_membership"])
        {
            var refusal = await Should.ThrowAsync<PostgresException>(() => As(store, gateway, sql));
            refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);
        }

        store.Settings["Campaigns__Postgres"] = ConnectionOf(store, application);
        await using var host = await store.StartAsync();
    }

    [Fact]
    public async Task Roles_AreNotForAFile()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        var run = await store.CommandAsync("migrate", "--role", "somebody");
        run.ExitCode.ShouldBe(2);
        run.Error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain("PostgreSQL");
    }

    [Fact]
    public async Task Probe_TellsWhetherTheHostIsReady()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        await using var host = await store.StartAsync();
        var url = host.Address.GetLeftPart(UriPartial.Authority);
        (await store.CommandAsync("probe", "--urls", url)).ExitCode.ShouldBe(0);
        await host.StopAsync();
        (await store.CommandAsync("probe", "--urls", url)).ExitCode.ShouldBe(1);
    }

    private static Task<int> As(Store store, string role, string sql) =>
        PostgresServer.ExecuteAsync(ConnectionOf(store, role), sql);

    private static string ConnectionOf(Store store, string role)
    {
        var owner = new NpgsqlConnectionStringBuilder(store.Settings["Campaigns__Postgres"]);
        owner.Username = role;
        return owner.ConnectionString;
    }
}
