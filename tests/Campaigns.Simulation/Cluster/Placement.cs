using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.Cluster;

/// <summary>
/// Which process has which grain: the cluster's directory, as a test owns it. While the processes disagree each side
/// has its own, so that a grain has two activations.
/// </summary>
internal sealed class Placement(World world, SimRandom random)
{
    private readonly Dictionary<GrainId, Node>[] _sides = [[], []];
    private readonly List<GrainId>[] _order = [[], []];
    private int _splitMask;

    public bool IsSplit => _splitMask != 0;

    public Node? Find(GrainId grain, Node origin)
    {
        if (origin.Silo.Grains.ClassOf(grain.Type).MaxWorkers > 0)
            return origin;
        var side = SideOf(origin);
        if (_sides[side].TryGetValue(grain, out var known) && known.IsUp)
            return known;
        var nodes = world.UpNodes.Where(node => SideOf(node) == side || !IsSplit).ToList();
        if (nodes.Count == 0)
            return null;
        var chosen = nodes[random.Below(nodes.Count)];
        Put(side, grain, chosen);
        return chosen;
    }

    /// <summary>From now on the processes of the mask and the others have directories of their own.</summary>
    public void Split(int mask)
    {
        if (IsSplit || mask == 0)
            return;
        _splitMask = mask;
        foreach (var grain in _order[0])
        {
            // Each side keeps what it has of its own, and will place anew what the other side has.
            var node = _sides[0][grain];
            if (SideOf(node) == 1)
                Put(1, grain, node);
        }

        foreach (var grain in _order[1])
            Forget(0, grain);
    }

    /// <summary>One directory again; of two activations the seed takes one, the other is not told.</summary>
    public IReadOnlyList<(GrainId Grain, Node Loser)> Heal()
    {
        var losers = new List<(GrainId, Node)>();
        foreach (var grain in _order[1])
        {
            var other = _sides[1][grain];
            if (_sides[0].TryGetValue(grain, out var one) && one != other)
            {
                var otherWins = random.Chance(500);
                losers.Add((grain, otherWins ? one : other));
                other = otherWins ? other : one;
            }

            Put(0, grain, other);
        }

        _splitMask = 0;
        _sides[1].Clear();
        _order[1].Clear();
        return losers;
    }

    /// <summary>The process is taken for dead: its grains are placed elsewhere when they are next called.</summary>
    public void Evict(Node node)
    {
        for (var side = 0; side < 2; side++)
        {
            foreach (var grain in _order[side].Where(grain => _sides[side][grain] == node).ToList())
                Forget(side, grain);
        }
    }

    /// <summary>The grain is placed anew when it is next called; an activation that it has is not told.</summary>
    public void Forget(GrainId grain)
    {
        Forget(0, grain);
        Forget(1, grain);
    }

    private int SideOf(Node node) => (_splitMask >> node.Index) & 1;

    private void Put(int side, GrainId grain, Node node)
    {
        if (!_sides[side].ContainsKey(grain))
            _order[side].Add(grain);
        _sides[side][grain] = node;
    }

    private void Forget(int side, GrainId grain)
    {
        if (_sides[side].Remove(grain))
            _order[side].Remove(grain);
    }
}
