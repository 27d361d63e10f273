using System.Buffers.Binary;
using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Sqlite;

/// <summary>Snapshots and loads on one session.</summary>
internal static class SqliteSnapshots
{
    private const int CursorRow = 24;

    public const string AllSnapshots =
        "select stream, format, version, chain, cursor, state, segments from snapshots order by stream, version";

    public static StreamLoad Load(this SqliteSession session, LoadRequest request)
    {
        var snapshot = Newest(session, request);
        var cursor = snapshot?.Cursor ?? new Dictionary<StreamId, long>();
        return new StreamLoad(
            request.Stream,
            snapshot,
            session.Entries(request.Stream, (snapshot?.Version ?? 0) + 1, long.MaxValue),
            request.WithCredits ? session.Credits(request.Stream, cursor) : []);
    }

    public static void Save(this SqliteSession session, Snapshot snapshot)
    {
        session.Use("begin immediate").Run();
        try
        {
            SaveSegments(session, snapshot);
            session.Use(
                """
                insert into snapshots (stream, format, version, chain, cursor, state, segments)
                values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                on conflict (stream, format) do update set version = excluded.version, chain = excluded.chain,
                    cursor = excluded.cursor, state = excluded.state, segments = excluded.segments
                where version < excluded.version
                """).Bind(1, snapshot.Stream).Bind(2, snapshot.Format).Bind(3, snapshot.Version)
                .Bind(4, snapshot.Chain).Bind(5, CursorBytes(snapshot.Cursor)).Bind(6, snapshot.State.Span)
                .Bind(7, snapshot.FirstSegment + snapshot.Segments.Count).Run();
            session.Use("commit").Run();
        }
        catch (SqliteFailure)
        {
            session.Rollback();
            throw;
        }
    }

    /// <summary>The snapshot in the current row; null where it cannot be read or a segment is missing.</summary>
    public static Snapshot? SnapshotOf(SqliteSession session, SqliteStatement row)
    {
        var stream = row.Blob(0);
        var chain = row.Blob(3);
        var cursor = row.Blob(4);
        if (stream.Length != 16 || chain.Length != 16 || cursor.Length % CursorRow != 0)
        {
            return null;
        }

        var (format, count) = (row.Int64(1), row.Int64(6));
        var segments = new List<ReadOnlyMemory<byte>>();
        var rows = session.Use(
            """
            select ordinal, bytes from snapshot_segments
            where stream = ?1 and format = ?2 and ordinal < ?3 order by ordinal
            """).Bind(1, stream).Bind(2, format).Bind(3, count);
        while (rows.Step() && rows.Int64(0) == segments.Count)
        {
            segments.Add(rows.Blob(1).ToArray());
        }

        return segments.Count < count
            ? null
            : new Snapshot(
                StreamId.Read(stream),
                (int)format,
                row.Int64(2),
                Chain.Read(chain),
                CursorOf(cursor),
                row.Blob(5).ToArray(),
                segments);
    }

    private static Snapshot? Newest(SqliteSession session, LoadRequest request)
    {
        var rows = session.Use(
            """
            select s.stream, s.format, s.version, s.chain, s.cursor, s.state, s.segments
            from snapshots s join entries e on e.stream = s.stream and e.version = s.version and e.chain = s.chain
            where s.stream = ?1 and (?2 is null or s.format = ?2) order by s.version desc
            """).Bind(1, request.Stream);
        if (request.Format is { } format)
        {
            rows.Bind(2, format);
        }
        else
        {
            rows.BindNull(2);
        }

        while (rows.Step())
        {
            if (SnapshotOf(session, rows) is { } snapshot)
            {
                return snapshot;
            }
        }

        return null;
    }

    private static void SaveSegments(SqliteSession session, Snapshot snapshot)
    {
        var insert = session.Use(
            """
            insert into snapshot_segments (stream, format, ordinal, bytes) values (?1, ?2, ?3, ?4)
            on conflict do nothing
            """);
        for (var i = 0; i < snapshot.Segments.Count; i++)
        {
            insert.Bind(1, snapshot.Stream).Bind(2, snapshot.Format).Bind(3, snapshot.FirstSegment + i)
                .Bind(4, snapshot.Segments[i].Span).Run();
        }
    }

    private static byte[] CursorBytes(IReadOnlyDictionary<StreamId, long> cursor)
    {
        var bytes = new byte[cursor.Count * CursorRow];
        var place = 0;
        foreach (var (stream, version) in cursor.OrderBy(pair => pair.Key))
        {
            stream.WriteTo(bytes.AsSpan(place));
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(place + 16), version);
            place += CursorRow;
        }

        return bytes;
    }

    private static Dictionary<StreamId, long> CursorOf(ReadOnlySpan<byte> bytes)
    {
        var cursor = new Dictionary<StreamId, long>(bytes.Length / CursorRow);
        for (; bytes.Length >= CursorRow; bytes = bytes[CursorRow..])
        {
            cursor[StreamId.Read(bytes)] = BinaryPrimitives.ReadInt64BigEndian(bytes[16..]);
        }

        return cursor;
    }
}
