using System.Data.Common;

namespace Campaigns.System.Tests.Stores;

/// <summary>
/// A database on a PostgreSQL server: the one that all tests share, or one of the test's own to be killed.
/// </summary>
internal sealed class PostgresStore : Store
{
    private readonly string _connection;
    private readonly bool _owned;

    private PostgresStore(PostgresServer server, string connection, bool owned)
        : base(new Dictionary<string, string> { ["Campaigns__Postgres"] = connection })
    {
        Server = server;
        _connection = connection;
        _owned = owned;
    }

    public PostgresServer Server { get; }

    /// <summary>Its name on the server.</summary>
    public string Database =>
        (string)new DbConnectionStringBuilder { ConnectionString = _connection }["Database"];

    public static async Task<PostgresStore> CreateAsync()
    {
        var server = await PostgresServer.SharedAsync();
        return new PostgresStore(server, await server.CreateDatabaseAsync(), owned: false);
    }

    public static async Task<PostgresStore> CreateToKillAsync()
    {
        var server = await PostgresServer.StartAsync();
        return new PostgresStore(server, await server.CreateDatabaseAsync(), owned: true);
    }

    /// <summary>A database that is there already, on a server that the store may own.</summary>
    public static PostgresStore Of(PostgresServer server, string connection, bool owned) =>
        new(server, connection, owned);

    public override Task<int> ExecuteAsync(string sql) => PostgresServer.ExecuteAsync(_connection, sql);

    public override Task<long> CountAsync(string table) => PostgresServer.CountAsync(_connection, table);

    public override async ValueTask DisposeAsync()
    {
        if (_owned)
        {
            await Server.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
