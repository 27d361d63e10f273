using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>
/// Many streams in one round trip: two statements in one message and, by the connection's isolation, one snapshot of
/// the database.
/// </summary>
internal static class PostgresLoad
{
    /// <summary>Column of <see cref="PostgresQueries.Snapshots"/>.</summary>
    private const int Segment = 8;

    public static async Task<IReadOnlyList<StreamLoad>> RunAsync(
        NpgsqlDataSource source, IReadOnlyList<LoadRequest> requests, CancellationToken cancellation)
    {
        var streams = requests.Select(request => request.Stream.ToUuid()).ToArray();
        var formats = requests.Select(request => request.Format).ToArray();
        var credits = requests.Select(request => request.WithCredits).ToArray();
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(PostgresLedger.Command(PostgresQueries.Snapshots, streams, formats));
        batch.BatchCommands.Add(PostgresLedger.Command(PostgresQueries.Unread, streams, formats, credits));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var snapshots = await SnapshotsAsync(rows, requests.Count, cancellation);
        await rows.NextResultAsync(cancellation);
        var tails = new List<Entry>?[requests.Count];
        var unseen = new List<Entry>?[requests.Count];
        while (await rows.ReadAsync(cancellation))
        {
            ((rows.GetBoolean(1) ? unseen : tails)[rows.GetInt64(0) - 1] ??= []).Add(PostgresRows.Entry(rows, 2));
        }

        return
        [
            .. requests.Select((request, i) =>
                new StreamLoad(request.Stream, snapshots[i], InOrder(tails[i]), BySource(unseen[i]))),
        ];
    }

    public static NpgsqlBatchCommand Credits(IReadOnlyList<CreditRequest> requests)
    {
        var cursors = requests
            .SelectMany((request, i) => request.Cursor.Select(seen => (Place: i + 1L, seen.Key, seen.Value)))
            .ToList();
        return PostgresLedger.Command(
            PostgresQueries.Credits,
            requests.Select(request => request.Account.ToUuid()).ToArray(),
            cursors.Select(seen => seen.Place).ToArray(),
            cursors.Select(seen => seen.Key.ToUuid()).ToArray(),
            cursors.Select(seen => seen.Value).ToArray());
    }

    public static async Task<IReadOnlyList<IReadOnlyList<Entry>>> CreditsAsync(
        NpgsqlDataReader rows, int count, CancellationToken cancellation)
    {
        var credits = new List<Entry>?[count];
        while (await rows.ReadAsync(cancellation))
        {
            (credits[rows.GetInt64(0) - 1] ??= []).Add(PostgresRows.Entry(rows, 1));
        }

        return [.. credits.Select(BySource)];
    }

    private static async Task<Snapshot?[]> SnapshotsAsync(
        NpgsqlDataReader rows, int count, CancellationToken cancellation)
    {
        var snapshots = new Snapshot?[count];
        var segments = new List<ReadOnlyMemory<byte>>?[count];
        while (await rows.ReadAsync(cancellation))
        {
            var place = rows.GetInt64(0) - 1;
            snapshots[place] ??= PostgresRows.Snapshot(rows, 1, segments[place] = []);
            if (!rows.IsDBNull(Segment))
            {
                segments[place]!.Add(rows.GetFieldValue<byte[]>(Segment));
            }
        }

        return snapshots;
    }

    private static List<Entry> BySource(List<Entry>? credits)
    {
        credits?.Sort((left, right) => (left.Stream, left.Version).CompareTo((right.Stream, right.Version)));
        return credits ?? [];
    }

    /// <summary>The index delivers a tail in order; a sort of a million rows in the server would only cost.</summary>
    private static List<Entry> InOrder(List<Entry>? tail)
    {
        if (tail is null)
        {
            return [];
        }

        for (var i = 1; i < tail.Count; i++)
        {
            if (tail[i - 1].Version > tail[i].Version)
            {
                tail.Sort((left, right) => left.Version.CompareTo(right.Version));
                break;
            }
        }

        return tail;
    }
}
