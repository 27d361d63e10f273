using Campaigns.Simulation.Engine;
using Orleans.Embedded;

namespace Campaigns.Simulation.Cluster;

/// <summary>
/// Carries the grains' messages. Within a process they are only reordered; between processes they may be late, lost or
/// arrive twice.
/// </summary>
internal sealed class Network(World world, SimRandom random) : IMessageDelivery
{
    /// <summary>In a thousand messages.</summary>
    public int Lost { get; set; }

    /// <summary>In a thousand messages.</summary>
    public int Doubled { get; set; }

    public TimeSpan MostDelay { get; set; } = TimeSpan.FromMilliseconds(2);

    public void Cease()
    {
        (Lost, Doubled) = (0, 0);
        MostDelay = TimeSpan.FromMilliseconds(1);
    }

    public void Send(GrainMessage message)
    {
        var origin = world.NodeOf(message.Origin);
        var (from, to) = message.Direction switch
        {
            MessageDirection.Response => (HolderOf(message) ?? origin, origin),
            MessageDirection.Cancellation => (origin, HolderOf(message) ?? origin),
            _ => (origin, world.Placement.Find(message.Target, origin)),
        };
        if (to is null)
            return;
        if (from == to)
        {
            world.Steps.Add(() => message.DeliverTo(to.Silo), to.Life);
            return;
        }

        if (random.Chance(Lost))
        {
            world.Trace.Say($"{from.Name}: {message.Direction} {message.Description} {message.Target} is lost");
            return;
        }

        if (message is GrainCall { Direction: MessageDirection.Request } call && random.Chance(Doubled))
        {
            world.Trace.Say($"{from.Name}: {message.Description} {message.Target} goes twice");
            Carry(call.Duplicate(), to);
        }

        Carry(message, to);
    }

    private void Carry(GrainMessage message, Node to) => world.Clock.After(
        random.Chance(500) ? TimeSpan.Zero : MostDelay * (random.Below(1_000) / 1_000.0),
        () => message.DeliverTo(to.Silo),
        to.Life);

    private Node? HolderOf(GrainMessage message) =>
        (message as GrainCall)?.Holder is { } holder ? world.NodeOf(holder.Silo) : null;
}
