using Campaigns.Domain.Payloads;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;
using Campaigns.Ledger;

namespace Campaigns.Grains.Pools;

/// <summary>
/// A shard's stream folded: its funding, the pool once it is open, and the latest draws for quick retries.
/// </summary>
internal sealed class PacketPoolState(int recentEntries) : IJournaledState
{
    private readonly Entry?[] _recent = new Entry?[recentEntries];

    /// <summary>Null before the shard's first entry.</summary>
    public PacketPool? Pool { get; private set; }

    /// <summary>Minor units that the campaign has given the shard.</summary>
    public long Funded { get; private set; }

    public int Format => (PacketPoolSnapshot.Format * 16) + 1;

    /// <summary>A draw's entry if it is among the latest, else null.</summary>
    public Entry? Recent(long version) =>
        _recent[version % _recent.Length] is { } entry && entry.Version == version ? entry : null;

    public void Apply(Entry entry)
    {
        var reader = new PayloadReader(entry.Payload.Span);
        switch (entry.Kind)
        {
            case EntryKind.PacketPoolOpened:
                Pool = new PacketPool(PacketPoolOpened.Read(ref reader));
                break;
            case EntryKind.PacketDrawn:
                Pool!.Apply(PacketDrawn.Read(ref reader), entry.Credit, entry.Amount, entry.Version);
                _recent[entry.Version % _recent.Length] = entry;
                break;
            case EntryKind.PacketRoundSealed:
                Pool!.Apply(PacketRoundSealed.Read(ref reader));
                break;
            case EntryKind.PacketRoundRefunded:
                Pool!.Apply(PacketRoundRefunded.Read(ref reader), entry.Amount);
                break;
            case EntryKind.PacketPoolClosed:
                Pool!.Apply(PacketPoolClosed.Read(ref reader));
                break;
            default:
                throw new InvalidDataException($"A pool's stream holds an entry of kind {entry.Kind}.");
        }
    }

    public void Credit(Entry entry)
    {
        if (entry.Kind == EntryKind.PoolFunded)
        {
            Funded = checked(Funded + entry.Amount);
        }
    }

    public byte[] Write()
    {
        var writer = new PayloadWriter(4_096).Signed(Funded).Flag(Pool is not null);
        return Pool is null ? writer.ToArray() : writer.Bytes(PacketPoolSnapshot.WriteState(Pool)).ToArray();
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Segments(int from)
    {
        var segments = new List<ReadOnlyMemory<byte>>();
        for (var segment = from; Pool is not null && segment < PacketPoolSnapshot.Segments(Pool); segment++)
        {
            segments.Add(PacketPoolSnapshot.WriteSegment(Pool, segment));
        }

        return segments;
    }

    public void Restore(Snapshot snapshot)
    {
        var reader = new PayloadReader(snapshot.State.Span);
        Funded = reader.Signed();
        Pool = reader.Flag() ? PacketPoolSnapshot.Read(reader.Bytes(), snapshot.Segments) : null;
    }
}
