using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Testing;

/// <summary>Writes a stream as one activation would: each commit follows the one before, with proper chains.</summary>
public sealed class StreamAuthor(ChainKey key, StreamId stream)
{
    /// <summary>The key of all tests.</summary>
    public static ChainKey Key { get; } = new(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());

    public StreamAuthor(string name)
        : this(Key, StreamId.Of(name))
    {
    }

    public StreamId Stream => stream;

    public long Version { get; private set; }

    public Chain Chain { get; private set; }

    /// <summary>Milliseconds since the Unix epoch that the next entry carries.</summary>
    public long At { get; set; } = 1_798_761_600_000;

    /// <summary>Another activation that has loaded what this one has written.</summary>
    public StreamAuthor Fork() => new(key, stream) { Version = Version, Chain = Chain, At = At };

    /// <summary>An activation that has loaded a stream up to its head.</summary>
    public static StreamAuthor Resume(StreamHead head) =>
        new(Key, head.Stream) { Version = head.Version, Chain = head.Chain };

    /// <summary>A commit of <paramref name="rows"/> entries that transfer nothing.</summary>
    public Commit Commit(int rows = 1, string text = "event") =>
        Commit([.. Enumerable.Range(0, rows).Select(_ => new Draft(System.Text.Encoding.UTF8.GetBytes(text)))]);

    /// <summary>A commit of one entry that moves value.</summary>
    public Commit Transfer(StreamId credit, long amount, string unit = Units.Cash, string text = "transfer") =>
        Commit([new Draft(System.Text.Encoding.UTF8.GetBytes(text), credit, unit, amount)]);

    public Commit Commit(IReadOnlyList<Draft> drafts)
    {
        var (version, chain) = (Version, Chain);
        var entries = drafts.Select(Write).ToList();
        return new Commit(stream, version, chain, entries);
    }

    private Entry Write(Draft draft)
    {
        var entry = new Entry
        {
            Stream = stream,
            Version = ++Version,
            At = At,
            Kind = draft.Kind,
            Credit = draft.Credit,
            Unit = draft.Unit,
            Amount = draft.Amount,
            Payload = draft.Payload,
            Chain = default,
        };
        Chain = key.Next(Chain, entry);
        return entry with { Chain = Chain };
    }
}

/// <summary>What a test wants an entry to say.</summary>
public readonly record struct Draft(
    ReadOnlyMemory<byte> Payload,
    StreamId Credit = default,
    string? Unit = null,
    long Amount = 0,
    EntryKind Kind = EntryKind.FactsSet);
