using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Sqlite;

/// <summary>
/// An account's statement, merged from its own stream and the sources of its credits. Each is entered at its place and
/// read from there, one row at a time as the merge asks for it.
/// </summary>
internal static class SqliteTransfers
{
    private const string CreditsOfSource =
        $"""
         select {SqliteReads.Columns} from entries
         where credit = ?1 and credit <> stream and stream = ?2 and version <= ?3 order by version desc limit 1
         """;

    private const string OwnEntries =
        $"select {SqliteReads.Columns} from entries where stream = ?1 and version <= ?2 order by version desc limit ?3";

    public static TransferSlice Transfers(
        this SqliteSession session, StreamId account, TransferCursor? before, int limit)
    {
        var place = before ?? TransferCursor.Newest;
        var last = VersionBehind(session, session.EntryAtHead(account), place);
        var own = SqliteReads.All(
            session.Use(OwnEntries).Bind(1, account).Bind(2, last).Bind(3, TransferSlice.OwnEntries(limit)));
        return TransferSlice.Of(own, NewestCredits(session, account, place, limit + 1), limit);
    }

    private static List<Entry> NewestCredits(
        SqliteSession session, StreamId account, TransferCursor place, int count)
    {
        var newest = new PriorityQueue<Entry, (long At, StreamId Stream, long Version)>(
            Comparer<(long At, StreamId Stream, long Version)>.Create((left, right) => right.CompareTo(left)));
        var source = StreamId.None;
        while (session.NextSource(account, source) is { } next)
        {
            source = next;
            var head = CreditAt(session, account, source, long.MaxValue);
            Add(CreditAt(session, account, source, VersionBehind(session, head, place)));
        }

        var credits = new List<Entry>();
        while (credits.Count < count && newest.TryDequeue(out var credit, out _))
        {
            credits.Add(credit);
            Add(CreditAt(session, account, credit.Stream, credit.Version - 1));
        }

        return credits;

        void Add(Entry? credit)
        {
            if (credit is not null)
            {
                newest.Enqueue(credit, (credit.At, credit.Stream, credit.Version));
            }
        }
    }

    private static Entry? CreditAt(SqliteSession session, StreamId account, StreamId source, long version)
    {
        var row = session.Use(CreditsOfSource).Bind(1, account).Bind(2, source).Bind(3, version);
        return row.Step() ? SqliteReads.EntryOf(row) : null;
    }

    private static Entry? EntryAtHead(this SqliteSession session, StreamId stream)
    {
        var row = session.Use(OwnEntries).Bind(1, stream).Bind(2, long.MaxValue).Bind(3, 1);
        return row.Step() ? SqliteReads.EntryOf(row) : null;
    }

    /// <summary>The last version of a stream behind a place, by halving: a stream's times only grow.</summary>
    private static long VersionBehind(SqliteSession session, Entry? head, TransferCursor place)
    {
        if (head is null || head.Stream == place.Stream)
        {
            return head is null ? 0 : place.Version - 1;
        }

        var latest = place.LatestOf(head.Stream);
        var (behind, beyond) = head.At <= latest ? (head.Version, head.Version + 1) : (0, head.Version);
        while (beyond - behind > 1)
        {
            var middle = behind + ((beyond - behind) / 2);
            var at = session.Use("select at from entries where stream = ?1 and version = ?2")
                .Bind(1, head.Stream).Bind(2, middle);
            (behind, beyond) = at.Step() && at.Int64(0) <= latest ? (middle, beyond) : (behind, middle);
        }

        return behind;
    }
}
