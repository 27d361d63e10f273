using Campaigns.Ledger.Leases;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>Leases by the database's clock: hosts' own clocks may differ.</summary>
internal sealed class PostgresLeases(NpgsqlDataSource source) : ILeaseStore
{
    public ValueTask<LeaseRow?> TryAcquireAsync(
        string name, string holder, TimeSpan timeToLive, LeaseRow? dead, CancellationToken cancellation) =>
        PostgresFailures.GuardAsync<LeaseRow?>(
            async () =>
            {
                await using var command = source.CreateCommand(
                    """
                    insert into leases as l (name, holder, stamp, expires)
                    values ($1, $2, 1, clock_timestamp() + $3)
                    on conflict (name) do update
                    set holder = excluded.holder, stamp = l.stamp + 1, expires = excluded.expires
                    where l.expires <= clock_timestamp() or l.holder = excluded.holder
                        or (l.holder = $4 and l.stamp = $5)
                    returning stamp
                    """);
                Add(command, name, holder, timeToLive, (object?)dead?.Holder ?? string.Empty, dead?.Stamp ?? 0L);
                return await command.ExecuteScalarAsync(cancellation) is long stamp
            ? new LeaseRow(holder, stamp)
            : null;
            },
            cancellation);

    public ValueTask<bool> RenewAsync(
        string name, string holder, TimeSpan timeToLive, CancellationToken cancellation) =>
        PostgresFailures.GuardAsync(
            async () =>
            {
                await using var command = source.CreateCommand(
                    """
                    update leases set stamp = stamp + 1, expires = clock_timestamp() + $3
                    where name = $1 and holder = $2
                    """);
                Add(command, name, holder, timeToLive);
                return await command.ExecuteNonQueryAsync(cancellation) > 0;
            },
            cancellation);

    public ValueTask<LeaseRow?> ReadAsync(string name, CancellationToken cancellation) =>
        PostgresFailures.GuardAsync<LeaseRow?>(
            async () =>
            {
                await using var command = source.CreateCommand("select holder, stamp from leases where name = $1");
                Add(command, name);
                await using var rows = await command.ExecuteReaderAsync(cancellation);
                return await rows.ReadAsync(cancellation) ? new LeaseRow(rows.GetString(0), rows.GetInt64(1)) : null;
            },
            cancellation);

    public async ValueTask ReleaseAsync(string name, string holder, CancellationToken cancellation) =>
        await PostgresFailures.GuardAsync(
            async () =>
            {
                await using var command = source.CreateCommand("delete from leases where name = $1 and holder = $2");
                Add(command, name, holder);
                return await command.ExecuteNonQueryAsync(cancellation);
            },
            cancellation);

    private static void Add(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }
    }
}
