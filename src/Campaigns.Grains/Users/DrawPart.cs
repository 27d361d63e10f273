using Campaigns.Domain.Payloads;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Users;

/// <summary>The packets that a user drew, as the pools' entries tell it.</summary>
internal sealed class DrawPart : IUserPart
{
    private readonly SortedDictionary<StreamId, List<DrawnPacket>> _byPool = [];

    public IReadOnlyList<EntryKind> Own => [];

    public IReadOnlyList<EntryKind> Credited { get; } = [EntryKind.PacketDrawn];

    /// <summary>The draws from one shard, in the order of its stream.</summary>
    public IReadOnlyList<DrawnPacket> From(StreamId pool) => _byPool.TryGetValue(pool, out var drawn) ? drawn : [];

    public void Apply(Entry entry)
    {
    }

    public void Credit(Entry entry)
    {
        var reader = new PayloadReader(entry.Payload.Span);
        var packet = PacketDrawn.Read(ref reader);
        if (!_byPool.TryGetValue(entry.Stream, out var drawn))
        {
            _byPool[entry.Stream] = drawn = [];
        }

        drawn.Add(new DrawnPacket(packet.KeyHash, packet.Day, packet.Round, entry.Version));
    }

    public void Write(PayloadWriter writer)
    {
        writer.Unsigned((ulong)_byPool.Count);
        foreach (var (pool, drawn) in _byPool)
        {
            writer.Fixed128(pool.Value).Unsigned((ulong)drawn.Count);
            foreach (var packet in drawn)
            {
                writer.Fixed64(packet.KeyHash).Signed(packet.Day).Signed(packet.Round).Signed(packet.Version);
            }
        }
    }

    public void Restore(ref PayloadReader reader)
    {
        for (var pools = reader.Unsigned(); pools > 0; pools--)
        {
            var pool = new StreamId(reader.Fixed128());
            var drawn = _byPool[pool] = [];
            for (var left = reader.Unsigned(); left > 0; left--)
            {
                drawn.Add(new DrawnPacket(reader.Fixed64(), reader.Int32(), reader.Int32(), reader.Signed()));
            }
        }
    }
}

/// <param name="Day">Business day, counted from 1970-01-01.</param>
/// <param name="Round">Ordinal of the round.</param>
/// <param name="Version">The draw's entry in the pool's stream.</param>
internal readonly record struct DrawnPacket(ulong KeyHash, int Day, int Round, long Version);
