using Campaigns.Domain.Fairness;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.RedPackets;

/// <summary>One shard with its stream, as a grain would keep them; can be loaded anew from either.</summary>
internal sealed class ShardJournal
{
    private readonly RedPacketActivity _activity;
    private readonly IReadOnlyList<Seed> _seeds;
    private readonly List<(PoolEntry Entry, StreamId Credit)> _entries = [];

    public ShardJournal(RedPacketActivity activity, IReadOnlyList<Seed> seeds, int shard)
    {
        _activity = activity;
        _seeds = seeds;
        var opened = PacketPool.Open(Activities.CampaignId, activity, 1, shard, seeds);
        Append(EntryKind.PacketPoolOpened, Bytes(opened.Write), default, 0);
        Pool = new PacketPool(opened);
        Pool.UseSeeds(activity, seeds);
    }

    public PacketPool Pool { get; private set; }

    public IEnumerable<PoolEntry> Entries => _entries.Select(one => one.Entry);

    public long AmountAt(long version) => _entries[(int)version - 1].Entry.Amount;

    /// <summary>Decides and, where something was decided, journals and applies it.</summary>
    public DrawAnswer Draw(in DrawCommand command)
    {
        var answer = Pool.Decide(command, _activity);
        if (answer.Drawn is { } drawn)
        {
            Pool.Apply(drawn, command.User, answer.Amount, _entries.Count + 1);
            Append(EntryKind.PacketDrawn, Bytes(payload => drawn.Write(payload)), command.User, answer.Amount);
        }

        if (answer.Seal is { } seal)
        {
            Pool.Apply(seal);
            Append(EntryKind.PacketRoundSealed, Bytes(payload => seal.Write(payload)), default, 0);
        }

        return answer;
    }

    public long Refund(Instant now, bool ended)
    {
        var paid = 0L;
        foreach (var refund in Pool.DueRefunds(_activity, now, ended))
        {
            Pool.Apply(refund.Event, refund.Amount);
            Append(
                EntryKind.PacketRoundRefunded, Bytes(payload => refund.Event.Write(payload)), default, refund.Amount);
            paid += refund.Amount;
        }

        return paid;
    }

    public bool Close()
    {
        if (Pool.Close(1) is not { } closed)
        {
            return false;
        }

        Pool.Apply(closed);
        Append(EntryKind.PacketPoolClosed, Bytes(payload => closed.Write(payload)), default, 0);
        return true;
    }

    /// <summary>The state that the stream alone gives.</summary>
    public void Replay(Instant now)
    {
        PacketPool? pool = null;
        foreach (var (entry, credit) in _entries)
        {
            var payload = new PayloadReader(entry.Payload.Span);
            switch (entry.Kind)
            {
                case EntryKind.PacketPoolOpened:
                    pool = new PacketPool(PacketPoolOpened.Read(ref payload));
                    break;
                case EntryKind.PacketDrawn:
                    pool!.Apply(PacketDrawn.Read(ref payload), credit, entry.Amount, entry.Version);
                    break;
                case EntryKind.PacketRoundSealed:
                    pool!.Apply(PacketRoundSealed.Read(ref payload));
                    break;
                case EntryKind.PacketRoundRefunded:
                    pool!.Apply(PacketRoundRefunded.Read(ref payload), entry.Amount);
                    break;
                case EntryKind.PacketPoolClosed:
                    pool!.Apply(PacketPoolClosed.Read(ref payload));
                    break;
                default:
                    throw new InvalidOperationException($"{entry.Kind}");
            }
        }

        Use(pool!, now);
    }

    /// <summary>The state that a snapshot gives.</summary>
    public void Restore(Instant now)
    {
        var segments = Enumerable.Range(0, PacketPoolSnapshot.Segments(Pool))
            .Select(segment => (ReadOnlyMemory<byte>)PacketPoolSnapshot.WriteSegment(Pool, segment)).ToList();
        Use(PacketPoolSnapshot.Read(PacketPoolSnapshot.WriteState(Pool), segments), now);
    }

    private void Use(PacketPool pool, Instant now)
    {
        pool.Accounts.ShouldBe(Pool.Accounts);
        pool.ClaimCount.ShouldBe(Pool.ClaimCount);
        PacketPoolSnapshot.WriteState(pool).ShouldBe(PacketPoolSnapshot.WriteState(Pool));
        Pool = pool;
        Pool.Witness(now);
        Pool.UseSeeds(_activity, _seeds);
    }

    private void Append(EntryKind kind, byte[] payload, StreamId credit, long amount) =>
        _entries.Add((new PoolEntry(_entries.Count + 1, kind, payload, amount), credit));

    private static byte[] Bytes(Action<PayloadWriter> write)
    {
        var payload = new PayloadWriter();
        write(payload);
        return payload.ToArray();
    }
}
