using Campaigns.Domain.Values;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>
/// An account's statement, merged from its own stream and the sources of its credits. Each is entered at its place,
/// which is found by halving as a stream's times only grow, and read from there.
/// </summary>
internal static class PostgresTransfers
{
    /// <summary>
    /// $1 account; $2, $3, $4 the place's time, stream and version; $5 credits and $6 own entries wanted.
    /// </summary>
    public const string Query =
        $"""
         with recursive sources as (
             (select e.stream from entries e
                 where e.credit = $1 and e.credit <> e.stream order by e.stream limit 1)
             union all
             select f.stream from sources s cross join lateral (
                 select e.stream from entries e
                 where e.credit = $1 and e.credit <> e.stream and e.stream > s.stream
                 order by e.stream limit 1) f),
         heads as (
             select h.* from sources s cross join lateral (
                 select e.stream, e.version, e.at from entries e
                 where e.credit = $1 and e.credit <> e.stream and e.stream = s.stream
                 order by e.version desc limit 1) h
             union all
             (select e.stream, e.version, e.at from entries e where e.stream = $1 order by e.version desc limit 1)),
         halving as (
             select h.stream, l.latest,
                 case when h.at <= l.latest then h.version else 0 end as behind,
                 case when h.at <= l.latest then h.version + 1 else h.version end as beyond
             from heads h
             cross join lateral (select case when h.stream < $3 then $2 else $2 - 1 end as latest) l
             where h.stream <> $3
             union all
             select h.stream, h.latest,
                 case when m.at <= h.latest then m.version else h.behind end,
                 case when m.at <= h.latest then h.beyond else m.version end
             from halving h cross join lateral (
                 select e.version, e.at from entries e
                 where e.stream = h.stream and e.version = (h.behind + h.beyond) / 2) m
             where h.beyond - h.behind > 1),
         places as (
             select h.stream, h.behind from halving h where h.beyond - h.behind <= 1
             union all
             select $3, $4 - 1)
         (select {PostgresRows.Columns} from places p cross join lateral (
             select * from entries t
             where t.credit = $1 and t.credit <> t.stream and t.stream = p.stream and t.version <= p.behind
             order by t.version desc limit $5) e
             order by e.at desc, e.stream desc, e.version desc limit $5)
         union all
         select {PostgresRows.Columns} from places p cross join lateral (
             select * from entries t where t.stream = $1 and t.version <= p.behind
             order by t.version desc limit $6) e
             where p.stream = $1
         """;

    public static async Task<TransferSlice> ReadAsync(
        NpgsqlDataSource source,
        StreamId account,
        TransferCursor? before,
        int limit,
        CancellationToken cancellation)
    {
        var place = before ?? TransferCursor.Newest;
        await using var command = source.CreateCommand(Query);
        command.Parameters.AddWithValue(account.ToUuid());
        command.Parameters.AddWithValue(place.At);
        command.Parameters.AddWithValue(place.Stream.ToUuid());
        command.Parameters.AddWithValue(place.Version);
        command.Parameters.AddWithValue(limit + 1L);
        command.Parameters.AddWithValue((long)TransferSlice.OwnEntries(limit));
        var rows = await PostgresRows.EntriesAsync(command, cancellation);
        return TransferSlice.Of(
            rows.FindAll(row => row.Stream == account), rows.FindAll(row => row.Stream != account), limit);
    }
}
