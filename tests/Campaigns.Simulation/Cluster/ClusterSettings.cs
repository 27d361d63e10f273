using Campaigns.Contracts;
using Campaigns.Grains;
using Campaigns.Ledger.GroupCommit;
using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.Cluster;

/// <summary>How the processes of a seed are set: small bounds, so that few requests reach them.</summary>
internal sealed record ClusterSettings
{
    public required int Nodes { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required GrainOptions Grains { get; init; }

    public required GroupCommitOptions Commits { get; init; }

    public required CampaignCacheOptions Cache { get; init; }

    /// <summary>How far each process's wall clock is off.</summary>
    public required TimeSpan[] Skews { get; init; }

    public static ClusterSettings Draw(SimRandom random, DateTimeOffset start)
    {
        var nodes = random.Pick(1, 2, 2, 3, 3);
        return new ClusterSettings
        {
            Nodes = nodes,
            Start = start,
            Grains = new GrainOptions
            {
                SnapshotEvery = random.Pick(2, 3, 5, 12, 1_000),
                SnapshotOnSleep = random.Pick(1, 2, 6, 64),
                RecentEntries = random.Pick(1, 2, 4, 64),
            },
            Commits = new GroupCommitOptions
            {
                Lanes = random.Pick(1, 1, 2),
                QueueRows = random.Pick(24, 40, 400),
                BatchRows = random.Pick(1, 4, 50),
                Linger = TimeSpan.FromMilliseconds(random.Pick(0, 0, 1)),
            },
            Cache = new CampaignCacheOptions(),
            Skews = [.. Enumerable.Range(0, nodes).Select(_ => TimeSpan.FromMilliseconds(
                random.Pick(0, 0, random.Between(-800, 800), random.Between(-90_000, 90_000))))],
        };
    }
}
