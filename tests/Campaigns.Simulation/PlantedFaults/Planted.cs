using Campaigns.Ledger;
using Campaigns.Simulation.Cluster;
using Campaigns.Simulation.Database;
using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.PlantedFaults;

/// <summary>
/// A fault that is put into the product for one run, from outside, to see that the simulation catches it. This class
/// itself is none: every seam is as the product has it.
/// </summary>
internal class Planted
{
    /// <summary>Before the first process starts.</summary>
    public virtual void Prepare(World world)
    {
    }

    public virtual ClusterSettings Adjust(ClusterSettings settings) => settings;

    public virtual SimLedger Ledger(World world, SimRandom random, string name) =>
        new(world.Database, random, world.Trace, name);

    public virtual Task<CommitOutcome> Enqueue(IGroupCommitter committer, Commit commit, int reserved) =>
        committer.Enqueue(commit, reserved);

    /// <summary>Sees every call that reaches a grain; null: nobody does.</summary>
    public virtual IIncomingGrainCallFilter? Filter(World world, TimeProvider time) => null;
}
