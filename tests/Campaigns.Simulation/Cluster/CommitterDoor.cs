using Campaigns.Ledger;

namespace Campaigns.Simulation.Cluster;

/// <summary>Between grains and committer: can be full for a while, and sees when what was decided.</summary>
internal sealed class CommitterDoor(IGroupCommitter committer, World world) : IGroupCommitter
{
    public bool IsFull { get; set; }

    public bool TryReserve(int rows) => !IsFull && committer.TryReserve(rows);

    public void Release(int rows) => committer.Release(rows);

    public Task<CommitOutcome> Enqueue(Commit commit, int reserved)
    {
        world.Decided(commit);
        return world.Planted.Enqueue(committer, commit, reserved);
    }
}
