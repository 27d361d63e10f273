using Campaigns.Ledger;
using Orleans.Embedded;

namespace Campaigns.Simulation.Cluster;

/// <summary>
/// The activations whose stream another activation has written behind them. What they write meets the fence; until then
/// they may refuse or show what was true before.
/// </summary>
internal sealed class Overtaken(World world)
{
    private readonly Dictionary<Chain, Activation> _writers = [];
    private readonly List<Activation> _forgotten = [];
    private readonly List<(Activation Activation, long Step)> _overtaken = [];

    /// <summary>Its process no longer finds the activation, which lives on.</summary>
    public void Forget(Activation activation) => _forgotten.Add(activation);

    /// <summary>An activation hands a commit over, in its turn.</summary>
    public void Decided(Commit commit)
    {
        if (RuntimeContext.Current is Activation writer)
            _writers[commit.Entries[^1].Chain] = writer;
    }

    public void Committed(Commit commit)
    {
        if (!_writers.Remove(commit.Entries[^1].Chain, out var writer))
            return;
        foreach (var node in world.UpNodes)
        {
            foreach (var activation in node.Silo.Catalog.Snapshot())
                Compare(activation, writer);
        }

        foreach (var activation in _forgotten)
            Compare(activation, writer);
    }

    /// <summary>One of the grain's activations has been overtaken and lives.</summary>
    public bool Lives(GrainId grain) => _overtaken.Exists(one => one.Activation.GrainId == grain
        && !one.Activation.Silo.IsKilled && !one.Activation.Deactivated.IsCompleted);

    /// <summary>One of the grain's activations was overtaken since then.</summary>
    public bool Since(GrainId grain, long step) =>
        _overtaken.Exists(one => one.Activation.GrainId == grain && one.Step >= step);

    private void Compare(Activation activation, Activation writer)
    {
        if (activation != writer && activation.GrainId == writer.GrainId)
            _overtaken.Add((activation, world.Books.Step));
    }
}
