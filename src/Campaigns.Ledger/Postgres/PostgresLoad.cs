using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>
/// Many streams in one round trip: four statements in one message and, by the connection's isolation, one snapshot of
/// the database.
/// </summary>
internal static class PostgresLoad
{
    public static async Task<IReadOnlyList<StreamLoad>> RunAsync(
        NpgsqlDataSource source, IReadOnlyList<LoadRequest> requests, CancellationToken cancellation)
    {
        var streams = requests.Select(request => request.Stream.ToUuid()).ToArray();
        var formats = requests.Select(request => request.Format).ToArray();
        var credits = requests.Select(request => request.WithCredits).ToArray();
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(PostgresLedger.Command(PostgresQueries.Segments, streams, formats));
        batch.BatchCommands.Add(PostgresLedger.Command(PostgresQueries.Snapshots, streams, formats));
        batch.BatchCommands.Add(PostgresLedger.Command(PostgresQueries.Tails, streams, formats));
        batch.BatchCommands.Add(PostgresLedger.Command(PostgresQueries.LoadedCredits, streams, formats, credits));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var snapshots = await SnapshotsAsync(rows, requests.Count, cancellation);
        await rows.NextResultAsync(cancellation);
        var tails = await EntriesAsync(rows, requests.Count, cancellation);
        await rows.NextResultAsync(cancellation);
        var unseen = await CreditsAsync(rows, requests.Count, cancellation);
        return
        [
            .. requests.Select((request, i) =>
                new StreamLoad(request.Stream, snapshots[i], InOrder(tails[i]), unseen[i])),
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
        var credits = await EntriesAsync(rows, count, cancellation);
        foreach (var account in credits)
        {
            account?.Sort((left, right) => (left.Stream, left.Version).CompareTo((right.Stream, right.Version)));
        }

        return [.. credits.Select(account => account ?? [])];
    }

    private static async Task<Snapshot?[]> SnapshotsAsync(
        NpgsqlDataReader rows, int count, CancellationToken cancellation)
    {
        var segments = new List<ReadOnlyMemory<byte>>?[count];
        while (await rows.ReadAsync(cancellation))
        {
            (segments[rows.GetInt64(0) - 1] ??= []).Add(rows.GetFieldValue<byte[]>(1));
        }

        await rows.NextResultAsync(cancellation);
        var snapshots = new Snapshot?[count];
        while (await rows.ReadAsync(cancellation))
        {
            var place = rows.GetInt64(0) - 1;
            snapshots[place] = PostgresRows.Snapshot(rows, 1, segments[place] ?? []);
        }

        return snapshots;
    }

    private static async Task<List<Entry>?[]> EntriesAsync(
        NpgsqlDataReader rows, int count, CancellationToken cancellation)
    {
        var entries = new List<Entry>?[count];
        while (await rows.ReadAsync(cancellation))
        {
            (entries[rows.GetInt64(0) - 1] ??= []).Add(PostgresRows.Entry(rows, 1));
        }

        return entries;
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
