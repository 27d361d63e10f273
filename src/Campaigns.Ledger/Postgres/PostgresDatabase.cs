using System.Globalization;
using Campaigns.Ledger.Leases;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>A PostgreSQL database as the host's database, version 15 or newer.</summary>
public sealed class PostgresDatabase : ILedgerDatabase
{
    private const int OldestServer = 15;

    private readonly PostgresConnections _connections;

    public PostgresDatabase(PostgresOptions options)
    {
        var target = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"The PostgreSQL database '{target.Database}' on {target.Host}:{target.Port}");
        _connections = new PostgresConnections(options);
        Ledger = new PostgresLedger(_connections, options);
        Leases = new PostgresLeases(_connections.Upkeep);
    }

    public string Description { get; }

    public ILedger Ledger { get; }

    public ILeaseStore Leases { get; }

    public async ValueTask MigrateAsync(CancellationToken cancellation)
    {
        try
        {
            await PostgresFailures.GuardAsync(
                () => PostgresMigration.RunAsync(_connections.Plain, Description, cancellation), cancellation);
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new DatabaseRefusedException(
                $"{Description} has to be migrated by the owner of its tables, who then runs Grants.sql: "
                + $"{refusal.MessageText}.",
                refusal);
        }
    }

    /// <summary>
    /// Gives a role what the application needs: on entries INSERT and SELECT only. For the tables' owner.
    /// </summary>
    public async ValueTask GrantAsync(string role, CancellationToken cancellation) =>
        await PostgresFailures.GuardAsync(
            () => PostgresMigration.GrantAsync(_connections.Plain, "Grants.sql", role, cancellation), cancellation);

    /// <summary>Gives a role what a gateway of a cluster needs: to see the silos. For the tables' owner.</summary>
    public async ValueTask GrantGatewayAsync(string role, CancellationToken cancellation) =>
        await PostgresFailures.GuardAsync(
            () => PostgresMigration.GrantAsync(_connections.Plain, "GatewayGrants.sql", role, cancellation),
            cancellation);

    public async ValueTask CheckDurabilityAsync(CancellationToken cancellation) =>
        await PostgresFailures.GuardAsync(
            async () =>
            {
                await using var connection = await _connections.Write.OpenConnectionAsync(cancellation);
                if (connection.PostgreSqlVersion.Major < OldestServer)
                {
                    throw new DatabaseRefusedException(
                        $"{Description} runs version {connection.PostgreSqlVersion}, "
                + $"needed is {OldestServer} or newer.");
                }

                await CheckSettingsAsync(connection, cancellation);
                return true;
            },
            cancellation);

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();

    /// <summary>
    /// On a connection of the journal: what counts is what holds there, wherever it was set. With remote_apply a commit
    /// waits for its standby in addition to the disk; remote_write and local are less than what was set here, so
    /// somebody between has changed it.
    /// </summary>
    private async Task CheckSettingsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select name, setting from pg_settings
            where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'transaction_read_only') order by name
            """,
            connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var wrong = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            var (name, setting) = (rows.GetString(0), rows.GetString(1));
            if (name == "transaction_read_only" ? setting != "off" : setting is not ("on" or "remote_apply"))
            {
                wrong.Add($"{name} is '{setting}'");
            }
        }

        if (wrong.Count > 0)
        {
            throw new DatabaseRefusedException(
                $"{Description} cannot keep what is acknowledged: {string.Join(", ", wrong)}.");
        }
    }
}
