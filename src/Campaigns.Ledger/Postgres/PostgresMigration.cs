using Campaigns.Ledger.Migrations;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>Brings the schema up to date in one transaction under an advisory lock.</summary>
internal static class PostgresMigration
{
    /// <summary>Any number that nothing else locks: "campaign" in ASCII.</summary>
    private const long LockKey = 0x63616d706169676e;

    public static async Task<int> RunAsync(
        NpgsqlDataSource source, string description, CancellationToken cancellation)
    {
        var scripts = MigrationScript.Of("Postgres");
        await using var connection = await source.OpenConnectionAsync(cancellation);

        // First without the lock and without touching anything: the application's role may not create tables.
        if (!MigrationScript.After(scripts, await PresentAsync(connection, cancellation), description).Any())
        {
            return 0;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({LockKey})", cancellation);
        await ExecuteAsync(
            connection,
            """
            create table if not exists schema_version (
                version integer not null primary key, name text not null, applied_at timestamptz not null default now())
            """,
            cancellation);
        var present = await PresentAsync(connection, cancellation);
        var done = 0;
        foreach (var script in MigrationScript.After(scripts, present, description))
        {
            await ExecuteAsync(connection, script.Sql, cancellation);
            await using var note = new NpgsqlCommand(
                "insert into schema_version (version, name) values ($1, $2)", connection);
            note.Parameters.AddWithValue(script.Version);
            note.Parameters.AddWithValue(script.Name);
            await note.ExecuteNonQueryAsync(cancellation);
            done++;
        }

        await transaction.CommitAsync(cancellation);
        return done;
    }

    public static async Task<int> GrantAsync(
        NpgsqlDataSource source, string script, string role, CancellationToken cancellation)
    {
        var assembly = typeof(PostgresMigration).Assembly;
        await using var stream = assembly.GetManifestResourceStream("Campaigns.Ledger.Postgres." + script)!;
        using var reader = new StreamReader(stream);
        var sql = await reader.ReadToEndAsync(cancellation);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var quoted = $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return await ExecuteAsync(connection, sql.Replace(":\"role\"", quoted, StringComparison.Ordinal), cancellation);
    }

    private static async Task<int> PresentAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('schema_version') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true)
        {
            return 0;
        }

        await using var present = new NpgsqlCommand("select coalesce(max(version), 0) from schema_version", connection);
        return (int)(await present.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
