using Campaigns.Peers.Draws;
using Npgsql;
using NpgsqlTypes;

namespace Campaigns.Peers.Postgres;

/// <summary>
/// A row per packet: each draw takes the first one that nobody else is taking, and claims it, in one statement.
/// </summary>
internal sealed class SkipLockedDraws : IDrawStore, IAsyncDisposable
{
    /// <summary>Many: their commits share the disk's work (tried 2 to 100).</summary>
    private const int Connections = 64;

    private const string Schema =
        """
        create table packets (pool text not null, place integer not null, amount bigint not null,
            primary key (pool, place));
        create table claims (pool text not null, user_id text not null, amount bigint not null,
            primary key (pool, user_id));
        """;

    private const string Draw =
        """
        with next as (
            select place from packets where pool = $1 order by place limit 1 for update skip locked),
        packet as (
            delete from packets using next where pool = $1 and packets.place = next.place returning amount)
        insert into claims (pool, user_id, amount) select $1, $2, amount from packet returning amount
        """;

    private readonly NpgsqlDataSource _database;

    private SkipLockedDraws(NpgsqlDataSource database) => _database = database;

    public static async Task<SkipLockedDraws> ConnectAsync(string connectionString)
    {
        var database = Databases.Open(connectionString, Connections);
        await Databases.ExecuteAsync(database, Schema);
        return new SkipLockedDraws(database);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    public async Task FillAsync(string pool, long[] amounts)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy packets (pool, place, amount) from stdin (format binary)");
        for (var place = 0; place < amounts.Length; place++)
        {
            await rows.StartRowAsync();
            await rows.WriteAsync(pool, NpgsqlDbType.Text);
            await rows.WriteAsync(place, NpgsqlDbType.Integer);
            await rows.WriteAsync(amounts[place], NpgsqlDbType.Bigint);
        }

        await rows.CompleteAsync();
    }

    public ValueTask<Drawn> DrawAsync(string pool, string user) => Databases.DrawAsync(_database, Draw, pool, user);

    public Task<PoolCount> CountAsync(string pool) => Databases.CountAsync(
        _database, "select count(*), coalesce(sum(amount), 0)::bigint from claims where pool = $1", pool);
}
