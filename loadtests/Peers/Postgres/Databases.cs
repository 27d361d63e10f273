using System.Globalization;
using Campaigns.Peers.Draws;
using Npgsql;

namespace Campaigns.Peers.Postgres;

/// <summary>Npgsql at its best for short statements: pooled connections that prepare what they repeat.</summary>
internal static class Databases
{
    public const string Settings = ";Max Auto Prepare=10;Auto Prepare Min Usages=1;Enlist=false";

    /// <param name="connections">At most.</param>
    public static NpgsqlDataSource Open(string connectionString, int connections) =>
        new NpgsqlSlimDataSourceBuilder(string.Create(
            CultureInfo.InvariantCulture, $"{connectionString}{Settings};Maximum Pool Size={connections}")).Build();

    public static async Task ExecuteAsync(NpgsqlDataSource database, string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A statement with the pool and the user that returns an amount, or no row.</summary>
    public static async ValueTask<Drawn> DrawAsync(NpgsqlDataSource database, string sql, string pool, string user)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = pool });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = user });
        try
        {
            return await command.ExecuteScalarAsync() is long amount
                ? new Drawn(DrawOutcome.Won, amount)
                : new Drawn(DrawOutcome.Exhausted, 0);
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new Drawn(DrawOutcome.AlreadyDrawn, 0);
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.CheckViolation)
        {
            return new Drawn(DrawOutcome.Exhausted, 0);
        }
    }

    public static async Task<PoolCount> CountAsync(NpgsqlDataSource database, string sql, string pool)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = pool });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new PoolCount(reader.GetInt64(0), reader.GetInt64(1));
    }
}
