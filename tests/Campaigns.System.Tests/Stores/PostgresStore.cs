using Campaigns.Testing;
using Npgsql;

namespace Campaigns.System.Tests.Stores;

/// <summary>A PostgreSQL server of the test's own.</summary>
internal sealed class PostgresStore : Store
{
    private PostgresStore(PostgresServer server)
        : base(new Dictionary<string, string> { ["Campaigns__Postgres"] = server.ConnectionString })
    {
        Server = server;
    }

    public PostgresServer Server { get; }

    public static async Task<PostgresStore> CreateAsync() => new(await PostgresServer.StartAsync());

    public override async Task<int> ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await base.DisposeAsync();
    }
}
