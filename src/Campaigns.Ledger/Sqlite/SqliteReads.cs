using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Sqlite;

/// <summary>Reads of the journal on one session, inside the caller's transaction.</summary>
internal static class SqliteReads
{
    public const string Columns = "stream, version, at, kind, credit, unit, amount, payload, chain";

    private const int IdLength = 16;

    public const string AllEntries = $"select {Columns} from entries order by stream, version";

    public static StreamHead Head(this SqliteSession session, StreamId stream)
    {
        var head = session.Use("select version, chain from entries where stream = ?1 order by version desc limit 1")
            .Bind(1, stream);
        return head.Step()
            ? new StreamHead(stream, head.Int64(0), ChainOf(head.Blob(1)))
            : new StreamHead(stream, 0, Chain.Start);
    }

    public static Chain? ChainOf(this SqliteSession session, StreamId stream, long version)
    {
        var row = session.Use("select chain from entries where stream = ?1 and version = ?2")
            .Bind(1, stream).Bind(2, version);
        return row.Step() ? ChainOf(row.Blob(0)) : null;
    }

    public static Entry? EntryAt(this SqliteSession session, StreamId stream, long version)
    {
        var row = session.Use($"select {Columns} from entries where stream = ?1 and version = ?2")
            .Bind(1, stream).Bind(2, version);
        return row.Step() ? EntryOf(row) : null;
    }

    public static IReadOnlyList<Entry> Entries(
        this SqliteSession session, StreamId stream, long fromVersion, long limit) =>
        All(session.Use(
            $"""
             select {Columns} from entries where stream = ?1 and version >= ?2 order by version limit ?3
             """).Bind(1, stream).Bind(2, fromVersion).Bind(3, limit));

    /// <summary>
    /// Steps from source to source through the index, so that the cost is that of the sources and of the unseen
    /// credits, not of all credits that the account ever had.
    /// </summary>
    public static IReadOnlyList<Entry> Credits(
        this SqliteSession session, StreamId account, IReadOnlyDictionary<StreamId, long> cursor)
    {
        var credits = new List<Entry>();
        var source = StreamId.None;
        while (session.NextSource(account, source) is { } next)
        {
            source = next;
            credits.AddRange(All(session.Use(
                $"""
                 select {Columns} from entries
                 where credit = ?1 and credit <> stream and stream = ?2 and version > ?3 order by version
                 """).Bind(1, account).Bind(2, source).Bind(3, cursor.GetValueOrDefault(source))));
        }

        return credits;
    }

    /// <summary>The schema fixes no lengths: a row that has others than were written is unreadable.</summary>
    public static Entry EntryOf(SqliteStatement row)
    {
        var stream = row.Blob(0);
        var credit = row.Blob(4);
        var chain = row.Blob(8);
        var kind = row.Int64(3);
        if (stream.Length != IdLength
            || chain.Length != IdLength
            || (credit.Length != IdLength && !row.IsNull(4))
            || kind != (short)kind)
        {
            return Entry.Unreadable(NearestStream(stream), row.Int64(1), row.Int64(2));
        }

        return new Entry
        {
            Stream = StreamId.Read(stream),
            Version = row.Int64(1),
            At = row.Int64(2),
            Kind = (EntryKind)kind,
            Credit = credit.IsEmpty ? StreamId.None : StreamId.Read(credit),
            Unit = row.IsNull(5) ? null : row.Text(5),
            Amount = row.Int64(6),
            Payload = row.Blob(7).ToArray(),
            Chain = Chain.Read(chain),
        };
    }

    public static Chain ChainOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length == IdLength ? Chain.Read(bytes) : Chain.Unreadable;

    /// <summary>Ids of another length are nobody's; in the order of blobs a search might not get past them.</summary>
    public static StreamId? NextSource(this SqliteSession session, StreamId account, StreamId after)
    {
        var next = session.Use(
            """
            select stream from entries
            where credit = ?1 and credit <> stream and stream > ?2 and length(stream) = 16 order by stream limit 1
            """).Bind(1, account).Bind(2, after);
        return next.Step() ? StreamId.Read(next.Blob(0)) : null;
    }

    public static List<Entry> All(SqliteStatement rows)
    {
        var entries = new List<Entry>();
        while (rows.Step())
        {
            entries.Add(EntryOf(rows));
        }

        return entries;
    }

    /// <summary>What an id of another length is called in a finding: cut off or filled up, the order stays.</summary>
    private static StreamId NearestStream(ReadOnlySpan<byte> bytes)
    {
        Span<byte> id = stackalloc byte[IdLength];
        id.Clear();
        bytes[..Math.Min(bytes.Length, IdLength)].CopyTo(id);
        return StreamId.Read(id);
    }
}
