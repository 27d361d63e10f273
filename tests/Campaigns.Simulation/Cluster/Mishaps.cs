using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Cluster;

/// <summary>Lets the faults of a plan happen.</summary>
internal sealed class Mishaps(World world)
{
    public void Let(FaultItem item)
    {
        if (world.Ceased)
            return;
        switch (item)
        {
            case SplitItem split:
                Split(split);
                break;
            case NetworkItem network:
                Disturb(network);
                break;
            case SnapshotsItem:
                world.Trace.Say($"all snapshots are deleted");
                world.Database.Journal.ClearSnapshots();
                break;
            default:
                LetNode(item);
                break;
        }
    }

    private void LetNode(FaultItem item)
    {
        switch (item)
        {
            case KillItem kill when world.NodeAt(kill.Node) is { } node:
                world.Kill(node);
                break;
            case FreezeItem freeze when world.NodeAt(freeze.Node) is { Serves: true } node:
                Freeze(freeze, node);
                break;
            case LoseItem lose when world.NodeAt(lose.Node) is { } node:
                Lose(lose, node);
                break;
            case WriteItem write when world.NodeAt(write.Node) is { } node:
                node.Ledger.Expect(write.Trouble, write.For);
                break;
            case OutageItem outage when world.NodeAt(outage.Node) is { } node:
                world.Trace.Say($"{node.Name}: its database is away for {outage.For}");
                node.Ledger.IsAway = true;
                world.Clock.After(outage.For, () => node.Ledger.IsAway = false);
                break;
            case FullQueueItem full when world.NodeAt(full.Node) is { } node:
                world.Trace.Say($"{node.Name}: its queue is full for {full.For}");
                node.Door.IsFull = true;
                world.Clock.After(full.For, () => node.Door.IsFull = false);
                break;
            case SlowDatabaseItem slow when world.NodeAt(slow.Node) is { } node:
                world.Trace.Say($"{node.Name}: its database takes up to {slow.Latency}");
                node.Ledger.MostLatency = slow.Latency;
                break;
            case ClockItem clock when world.NodeAt(clock.Node) is { } node:
                world.Trace.Say($"{node.Name}: its clock is set by {clock.By}");
                node.Time.Shift += clock.By;
                world.Clients.ClockWasSet(node.Time.GetUtcNow());
                break;
        }
    }

    private void Split(SplitItem split)
    {
        if (world.Placement.IsSplit)
            return;
        world.Trace.Say($"the processes disagree for {split.For}, sides {split.Mask}");
        world.Placement.Split(split.Mask);
        world.Clock.After(split.For, () =>
        {
            if (!world.Placement.IsSplit)
                return;
            world.Trace.Say($"the processes agree again");
            foreach (var (grain, loser) in world.Placement.Heal())
            {
                if (split.EndsLosers && Find(loser, grain) is { } activation)
                    End(activation);
            }
        });
    }

    private void Disturb(NetworkItem network)
    {
        world.Trace.Say($"messages: late by {network.Delay}, {network.Lost} lost, {network.Doubled} doubled of 1000");
        world.Network.MostDelay = network.Delay;
        world.Network.Lost = network.Lost;
        world.Network.Doubled = network.Doubled;
        world.Clock.After(network.For, world.Network.Cease);
    }

    private void Freeze(FreezeItem freeze, Node node)
    {
        world.Trace.Say($"{node.Name} is frozen for {freeze.For}");
        node.Life.Freeze();
        if (freeze.Evicts)
            world.Placement.Evict(node);
        world.Clock.After(freeze.For, () => world.Thaw(node));
    }

    private void Lose(LoseItem lose, Node node)
    {
        var activations = node.Silo.Catalog.Snapshot();
        if (activations.Length == 0)
            return;
        var activation = activations[lose.Which % activations.Length];
        world.Trace.Say($"{node.Name}: {activation.GrainId} loses its {lose.Of}");
        switch (lose.Of)
        {
            case LossOf.Memory:
                End(activation);
                break;
            case LossOf.Place:
                node.Silo.Catalog.Remove(activation);
                world.Overtaken.Forget(activation);
                break;
            default:
                world.Placement.Forget(activation.GrainId);
                break;
        }
    }

    private static void End(Orleans.Embedded.Activation activation) => activation.Deactivate(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The simulation ends it."));

    private static Orleans.Embedded.Activation? Find(Node node, GrainId grain) =>
        node.Life.IsDead ? null : node.Silo.Catalog.Snapshot().FirstOrDefault(one => one.GrainId == grain);
}
