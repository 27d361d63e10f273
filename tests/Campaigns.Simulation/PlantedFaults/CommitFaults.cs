using Campaigns.Contracts;
using Campaigns.Ledger;
using Campaigns.Simulation.Cluster;

namespace Campaigns.Simulation.PlantedFaults;

/// <summary>The grain hears "committed" as soon as the commit is queued.</summary>
internal sealed class ReplyBeforeCommit : Planted
{
    public override Task<CommitOutcome> Enqueue(IGroupCommitter committer, Commit commit, int reserved)
    {
        _ = committer.Enqueue(commit, reserved);
        return Task.FromResult(CommitOutcome.Committed);
    }
}

/// <summary>INSERT ... ON CONFLICT DO NOTHING: rows that exist are left out, later ones go in.</summary>
internal sealed class NoFence : Planted
{
    public override void Prepare(World world) => world.Database.Rule = (journal, batch) =>
    {
        var fresh = new List<Commit>();
        foreach (var commit in batch)
        {
            var known = journal.Entries([.. commit.Entries.Select(entry => (entry.Stream, entry.Version))]);
            var entries = commit.Entries.Where((_, index) => known[index] is null).ToList();
            if (entries.Count > 0)
                fresh.Add(commit with { Entries = entries });
        }

        return (journal.Append(fresh), fresh);
    };
}

/// <summary>Only the committer's own stream is guarded; all other rows are written over what is there.</summary>
internal sealed class FenceOnTheWrongStream : Planted
{
    public override void Prepare(World world) => world.Database.Rule = (journal, batch) =>
    {
        var seal = batch.First(commit => commit.Entries[0].Kind is Domain.Values.EntryKind.BatchSealed
            or Domain.Values.EntryKind.CommitterStarted);
        if (journal.Entries([(seal.Stream, seal.Entries[0].Version)])[0] is not null)
            return (WriteOutcome.Conflict, batch);
        var fresh = new List<Commit>();
        foreach (var commit in batch)
        {
            var known = journal.Entries([.. commit.Entries.Select(entry => (entry.Stream, entry.Version))]);
            for (var index = 0; index < known.Count; index++)
            {
                if (known[index] is not null)
                    journal.Tamper(commit.Stream, commit.Entries[index].Version, _ => commit.Entries[index]);
            }

            fresh.Add(commit with { Entries = [.. commit.Entries.Where((_, index) => known[index] is null)] });
        }

        return (journal.Append(fresh), batch);
    };
}

/// <summary>Processes trust copies of campaigns for some seconds.</summary>
internal sealed class PauseNotHeard : Planted
{
    public override ClusterSettings Adjust(ClusterSettings settings) => settings with
    {
        Cache = new CampaignCacheOptions { PollInterval = TimeSpan.FromSeconds(6), MaxAge = TimeSpan.FromSeconds(6) },
    };
}
