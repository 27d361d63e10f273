using Campaigns.Ledger.Leases;

namespace Campaigns.Ledger.Sqlite;

/// <summary>Leases by the machine's clock, on the writer's thread: they then never wait behind its own lock.</summary>
internal sealed class SqliteLeases(SqliteThreads writer, TimeProvider time) : ILeaseStore
{
    public async ValueTask<LeaseRow?> TryAcquireAsync(
        string name, string holder, TimeSpan timeToLive, LeaseRow? dead, CancellationToken cancellation) =>
        await writer.RunAsync<LeaseRow?>(
            session =>
            {
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                return session.Use(
                    """
                    insert into leases (name, holder, stamp, expires) values (?1, ?2, 1, ?4)
                    on conflict (name) do update
                    set holder = excluded.holder, stamp = stamp + 1, expires = excluded.expires
                    where expires <= ?3 or holder = excluded.holder or (holder = ?5 and stamp = ?6)
                    returning stamp
                    """).Bind(1, name).Bind(2, holder).Bind(3, now).Bind(4, now + (long)timeToLive.TotalMilliseconds)
                    .Bind(5, dead?.Holder).Bind(6, dead?.Stamp ?? 0)
                    .First<LeaseRow?>(row => new LeaseRow(holder, row.Int64(0)));
            },
            cancellation);

    public async ValueTask<bool> RenewAsync(
        string name, string holder, TimeSpan timeToLive, CancellationToken cancellation) =>
        await writer.RunAsync(
            session =>
            {
                var expires = time.GetUtcNow().ToUnixTimeMilliseconds() + (long)timeToLive.TotalMilliseconds;
                return session.Use(
                    """
                    update leases set stamp = stamp + 1, expires = ?3 where name = ?1 and holder = ?2 returning stamp
                    """).Bind(1, name).Bind(2, holder).Bind(3, expires)
                    .First(_ => true);
            },
            cancellation);

    public async ValueTask<LeaseRow?> ReadAsync(string name, CancellationToken cancellation) =>
        await writer.RunAsync<LeaseRow?>(
            session => session.Use("select holder, stamp from leases where name = ?1").Bind(1, name)
                .First<LeaseRow?>(row => new LeaseRow(row.Text(0), row.Int64(1))),
            cancellation);

    public async ValueTask ReleaseAsync(string name, string holder, CancellationToken cancellation) =>
        await writer.RunAsync(
            session =>
            {
                session.Use("delete from leases where name = ?1 and holder = ?2").Bind(1, name).Bind(2, holder).Run();
                return true;
            },
            cancellation);
}
