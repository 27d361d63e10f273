using Campaigns.Domain.Orders;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;
using Campaigns.Ledger;

namespace Campaigns.Grains.Orders;

/// <summary>One order's stream folded: at most one entry.</summary>
internal sealed class OrderGrainState : IJournaledState
{
    public PartnerOrder Order { get; } = new();

    public int Format => IJournaledState.NoSnapshots;

    public void Apply(Entry entry)
    {
        var reader = new PayloadReader(entry.Payload.Span);
        if (entry.Kind == EntryKind.OrderReserved)
        {
            Order.Apply(OrderReserved.Read(ref reader));
        }
        else
        {
            Order.Apply(OrderTombstoned.Read(ref reader));
        }
    }

    public void Credit(Entry entry)
    {
    }

    public byte[] Write() => throw new InvalidOperationException("An order's stream is too short for snapshots.");

    public IReadOnlyList<ReadOnlyMemory<byte>> Segments(int from) => [];

    public void Restore(Snapshot snapshot) =>
        throw new InvalidOperationException("An order's stream is too short for snapshots.");
}
