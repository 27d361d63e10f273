namespace Campaigns.Ledger.Postgres;

/// <summary>The statements that read the journal.</summary>
internal static class PostgresQueries
{
    public const string Heads =
        """
        select h.version, h.chain
        from unnest($1::uuid[]) with ordinality r(stream, place)
        left join lateral (
            select e.version, e.chain from entries e where e.stream = r.stream
                order by e.version desc limit 1) h on true
        order by r.place
        """;

    public const string Chains =
        """
        select e.chain
        from unnest($1::uuid[], $2::bigint[]) with ordinality r(stream, version, place)
        left join entries e on e.stream = r.stream and e.version = r.version
        order by r.place
        """;

    public const string Entries =
        $"""
         select r.place, {PostgresRows.Columns}
         from unnest($1::uuid[], $2::bigint[]) with ordinality r(stream, version, place)
         join entries e on e.stream = r.stream and e.version = r.version
         """;

    public const string Read =
        $"""
         select {PostgresRows.Columns} from entries e
         where e.stream = $1 and e.version >= $2 order by e.version limit $3
         """;

    /// <summary>
    /// The newest snapshot of row r that the journal confirms and whose segments are all there; a cold stream costs one
    /// look into an index.
    /// </summary>
    private const string Newest =
        """
        lateral (
            select s.* from snapshots s
            where s.stream = r.stream and (r.format is null or s.format = r.format)
                and exists (
                    select from entries e where e.stream = s.stream and e.version = s.version and e.chain = s.chain)
                and cardinality(s.cursor_streams) = cardinality(s.cursor_versions)
                and s.segments = (
                    select count(*) from snapshot_segments g
                    where g.stream = s.stream and g.format = s.format and g.ordinal < s.segments)
            order by s.version desc limit 1) s on true
        """;

    /// <summary>A row for each segment of a snapshot, or one without.</summary>
    public const string Snapshots =
        $"""
         select r.place, s.stream, s.format, s.version, s.chain, s.cursor_streams, s.cursor_versions, s.state, g.bytes
         from unnest($1::uuid[], $2::integer[]) with ordinality r(stream, format, place)
         join {Newest}
         left join lateral (
             select g.bytes from snapshot_segments g
             where g.stream = s.stream and g.format = s.format and g.ordinal < s.segments order by g.ordinal) g on true
         """;

    /// <summary>
    /// Steps from source to source through the index, so that the cost is that of the sources and of the unseen
    /// credits, not of all credits that the account ever had.
    /// </summary>
    private const string Sources =
        """
        sources as (
            select a.place, a.account, f.stream from asked a cross join lateral (
                select e.stream from entries e
                where a.credits and e.credit = a.account and e.credit <> e.stream order by e.stream limit 1) f
            union all
            select s.place, s.account, f.stream from sources s cross join lateral (
                select e.stream from entries e
                where e.credit = s.account and e.credit <> e.stream and e.stream > s.stream
                order by e.stream limit 1) f)
        """;

    private const string Unseen =
        """
        cross join lateral (
            select * from entries t
            where t.credit = s.account and t.credit <> t.stream and t.stream = s.stream
                and t.version > coalesce(c.version, 0)) e
        """;

    /// <summary>The entries of streams behind their snapshots, and the credits behind the snapshots' cursors.</summary>
    public const string Unread =
        $"""
         with recursive asked as materialized (
             select r.place, r.stream as account, r.credits, s.version, s.cursor_streams, s.cursor_versions
             from unnest($1::uuid[], $2::integer[], $3::boolean[]) with ordinality r(stream, format, credits, place)
             left join {Newest}),
         {Sources}
         select a.place, false, {PostgresRows.Columns}
         from asked a
         cross join lateral (
             select * from entries t
             where t.stream = a.account and t.version > coalesce(a.version, 0) order by t.version) e
         union all
         select s.place, true, {PostgresRows.Columns}
         from sources s
         join asked a on a.place = s.place
         left join lateral (
             select v.version from unnest(a.cursor_streams, a.cursor_versions) v(stream, version)
             where v.stream = s.stream) c on true
         {Unseen}
         """;

    /// <summary>The credits of accounts behind cursors that the caller has.</summary>
    public const string Credits =
        $"""
         with recursive asked as materialized (
             select r.place, r.account, true as credits from unnest($1::uuid[]) with ordinality r(account, place)),
         {Sources}
         select s.place, {PostgresRows.Columns}
         from sources s
         left join unnest($2::bigint[], $3::uuid[], $4::bigint[]) c(place, stream, version)
             on c.place = s.place and c.stream = s.stream
         {Unseen}
         """;

    public const string SaveSegments =
        """
        insert into snapshot_segments (stream, format, ordinal, bytes)
        select $1, $2, $3 + g.place::integer - 1, g.bytes
        from unnest($4::bytea[]) with ordinality g(bytes, place)
        on conflict do nothing
        """;

    public const string SaveSnapshot =
        """
        insert into snapshots as s
            (stream, format, version, chain, cursor_streams, cursor_versions, state, segments)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (stream, format) do update set version = excluded.version, chain = excluded.chain,
            cursor_streams = excluded.cursor_streams, cursor_versions = excluded.cursor_versions,
            state = excluded.state, segments = excluded.segments
        where s.version < excluded.version
        """;
}
