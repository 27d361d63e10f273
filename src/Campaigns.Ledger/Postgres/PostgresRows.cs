using Campaigns.Domain.Values;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>Rows to entries and snapshots.</summary>
internal static class PostgresRows
{
    public const string Columns = "e.stream, e.version, e.at, e.kind, e.credit, e.unit, e.amount, e.payload, e.chain";

    public static Entry Entry(NpgsqlDataReader row, int first = 0) => new()
    {
        Stream = row.GetGuid(first).ToStream(),
        Version = row.GetInt64(first + 1),
        At = row.GetInt64(first + 2),
        Kind = (EntryKind)row.GetInt16(first + 3),
        Credit = row.IsDBNull(first + 4) ? StreamId.None : row.GetGuid(first + 4).ToStream(),
        Unit = row.IsDBNull(first + 5) ? null : row.GetString(first + 5),
        Amount = row.IsDBNull(first + 6) ? 0 : row.GetInt64(first + 6),
        Payload = row.GetFieldValue<byte[]>(first + 7),
        Chain = row.GetGuid(first + 8).ToChain(),
    };

    /// <summary>
    /// Columns stream, format, version, chain, cursor_streams, cursor_versions, state; the caller adds segments.
    /// </summary>
    public static Snapshot Snapshot(NpgsqlDataReader row, int first, IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        var streams = row.GetFieldValue<Guid[]>(first + 4);
        var versions = row.GetFieldValue<long[]>(first + 5);
        var cursor = new Dictionary<StreamId, long>(streams.Length);
        for (var i = 0; i < streams.Length; i++)
        {
            cursor[streams[i].ToStream()] = versions[i];
        }

        return new Snapshot(
            row.GetGuid(first).ToStream(),
            row.GetInt32(first + 1),
            row.GetInt64(first + 2),
            row.GetGuid(first + 3).ToChain(),
            cursor,
            row.GetFieldValue<byte[]>(first + 6),
            segments);
    }

    public static async Task<List<Entry>> EntriesAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<Entry>();
        while (await rows.ReadAsync(cancellation))
        {
            entries.Add(Entry(rows));
        }

        return entries;
    }
}
