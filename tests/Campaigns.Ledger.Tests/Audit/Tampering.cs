using Campaigns.Domain.Values;
using Campaigns.Ledger.Audit;
using Campaigns.Ledger.GroupCommit;

namespace Campaigns.Ledger.Tests.Audit;

/// <summary>
/// One thing that somebody with write access to the database, but without the key, may do to it.
/// </summary>
/// <param name="Places">A finding at any of these tells of it.</param>
internal sealed record Tampering(
    string What,
    IReadOnlyList<Entry> Removed,
    IReadOnlyList<Entry> Added,
    IReadOnlyList<(StreamId Stream, long Version)> Places)
{
    private static readonly ChainKey ForgersKey = new(new byte[32]);

    public bool Names(AuditFinding finding) => Places.Contains((finding.Stream, finding.Version));

    public override string ToString() => $"{What}, {Removed.Count} rows for {Added.Count}";

    /// <summary>The same for the same seed and rows.</summary>
    public static Tampering Of(int seed, IReadOnlyList<Entry> rows)
    {
        var random = new Random(seed);
        var row = rows[random.Next(rows.Count)];
        return (seed % 12) switch
        {
            0 => Edit("amount", row, row with { Amount = row.Amount + random.Next(1, 1_000) }),
            1 => Edit("payload", row, row with { Payload = Altered(row.Payload, random) }),
            2 => Edit("one column", row, OneColumn(row, rows, random)),
            3 => new Tampering("deleted row", [row], [], [Place(row)]),
            4 => Tail("deleted tail", row, rows),
            5 => Tail("deleted seals", Committers(rows)[random.Next(Committers(rows).Count)], rows),
            6 => Swapped(row, rows[random.Next(rows.Count)], random),
            7 => Rotated(row, rows),
            8 => Inserted(row, rows, random),
            9 => Truncated(rows, random),
            10 => Tail("deleted stream", rows.First(other => other.Stream == row.Stream), rows),
            _ => Renamed(row, rows),
        };
    }

    private static Tampering Edit(string what, Entry row, Entry changed) =>
        new($"{what} of {row.Kind} {row.Version}", [row], [changed], [Place(row)]);

    private static byte[] Altered(ReadOnlyMemory<byte> payload, Random random)
    {
        var bytes = payload.ToArray();
        switch (random.Next(3))
        {
            case 0 when bytes.Length > 0:
                return bytes[..random.Next(bytes.Length)];
            case 1 when bytes.Length > 0:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
            default:
                return [.. bytes, (byte)random.Next(256)];
        }
    }

    private static Entry OneColumn(Entry row, IReadOnlyList<Entry> rows, Random random) => random.Next(5) switch
    {
        0 => row with { At = row.At + random.Next(1, 100) },
        1 => row with { Kind = row.Kind == EntryKind.PacketDrawn ? EntryKind.CheckedIn : EntryKind.PacketDrawn },
        2 => row with { Credit = rows.First(other => other.Stream != row.Credit).Stream },
        3 => row with { Unit = row.Unit == Units.Points ? null : Units.Points },
        _ => row with { Chain = new Chain(row.Chain.Value ^ UInt128.One) },
    };

    private static Tampering Tail(string what, Entry first, IReadOnlyList<Entry> rows)
    {
        var tail = rows.Where(row => row.Stream == first.Stream && row.Version >= first.Version).ToList();
        var places = tail.Select(Place).Concat(tail.SelectMany(Sealed)).ToList();
        return new Tampering($"{what} from {first.Version}", tail, [], places);
    }

    private static Tampering Swapped(Entry left, Entry right, Random random)
    {
        if (left == right)
        {
            return new Tampering("deleted row", [left], [], [Place(left)]);
        }

        // With their chains or without: neither fits where it is now.
        var withChains = random.Next(2) == 0;
        return new Tampering(
            $"swapped {(withChains ? "rows" : "contents")}", [left, right],
            [Moved(right, left, withChains), Moved(left, right, withChains)], [Place(left), Place(right)]);

        static Entry Moved(Entry row, Entry to, bool withChain) => row with
        {
            Stream = to.Stream,
            Version = to.Version,
            Amount = withChain ? row.Amount : row.Amount + 1,
            Chain = withChain ? row.Chain : to.Chain,
        };
    }

    private static Tampering Rotated(Entry row, IReadOnlyList<Entry> rows)
    {
        var three = rows.Where(other => other.Stream == row.Stream && other.Version >= row.Version).Take(3).ToList();
        if (three.Count == 1)
        {
            return new Tampering("moved up by one", three, [row with { Version = row.Version + 1 }], [Place(row)]);
        }

        var rotated = three.Select((other, i) => other with { Version = three[(i + 1) % three.Count].Version });
        return new Tampering("reordered versions", three, [.. rotated], [.. three.Select(Place)]);
    }

    /// <summary>A copy of a row behind its stream or in a stream of its own, chained by somebody else's key.</summary>
    private static Tampering Inserted(Entry row, IReadOnlyList<Entry> rows, Random random)
    {
        var last = rows.Last(other => other.Stream == row.Stream);
        var inserted = random.Next(2) == 0
            ? row with { Version = last.Version + 1, At = last.At }
            : row with { Stream = StreamId.Of($"user/new/{random.Next()}"), Version = 1 };
        var chained = random.Next(2) == 0 ? inserted : inserted with { Chain = ForgersKey.Next(last.Chain, inserted) };
        return new Tampering("inserted row", [], [chained], [Place(chained)]);
    }

    /// <summary>The journal as it was before one of its last committer's batches: only the anchor tells.</summary>
    private static Tampering Truncated(IReadOnlyList<Entry> rows, Random random)
    {
        var last = Committers(rows).MaxBy(row => row.At)!.Stream;
        var seals = rows.Where(row => row.Stream == last && row.Kind == EntryKind.BatchSealed).ToList();
        var cut = seals[random.Next(seals.Count)..];
        var gone = cut.SelectMany(Sealed).ToHashSet();
        return new Tampering(
            $"truncation of {cut.Count} batches",
            [.. cut, .. rows.Where(row => gone.Contains(Place(row)))], [], [Place(cut[^1])]);
    }

    private static Tampering Renamed(Entry row, IReadOnlyList<Entry> rows)
    {
        var stream = rows.Where(other => other.Stream == row.Stream).ToList();
        var moved = stream.Select(other => other with { Stream = StreamId.Of("user/renamed") }).ToList();
        return new Tampering("renamed stream", stream, moved, [Place(moved[0])]);
    }

    private static List<Entry> Committers(IReadOnlyList<Entry> rows) =>
        [.. rows.Where(row => row.Kind is EntryKind.CommitterStarted or EntryKind.BatchSealed)];

    private static IEnumerable<(StreamId Stream, long Version)> Sealed(Entry row) =>
        row.Kind != EntryKind.BatchSealed
            ? []
            : BatchSeal.Read(row.Payload.Span).Ranges.SelectMany(range => Enumerable.Range(0, range.Count)
                .Select(i => (range.Stream, range.From + i)));

    private static (StreamId Stream, long Version) Place(Entry row) => (row.Stream, row.Version);
}
