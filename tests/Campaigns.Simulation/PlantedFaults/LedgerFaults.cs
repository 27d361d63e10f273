using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Campaigns.Simulation.Cluster;
using Campaigns.Simulation.Database;
using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.PlantedFaults;

/// <summary>A lost answer counts as a success.</summary>
internal sealed class UnknownIsCommitted : Planted
{
    public override SimLedger Ledger(World world, SimRandom random, string name) => new Trusting(world, random, name);

    private sealed class Trusting(World world, SimRandom random, string name)
        : SimLedger(world.Database, random, world.Trace, name)
    {
        public override async ValueTask<WriteOutcome> WriteAsync(
            IReadOnlyList<Commit> batch, CancellationToken cancellation) =>
            await base.WriteAsync(batch, cancellation) is var outcome && outcome == WriteOutcome.Unknown
                ? WriteOutcome.Committed
                : outcome;
    }
}

/// <summary>A lost answer counts as a failure: the work is done again, behind whatever is there.</summary>
internal sealed class UnknownIsFailed : Planted
{
    public override SimLedger Ledger(World world, SimRandom random, string name) => new Redoing(world, random, name);

    private sealed class Redoing(World world, SimRandom random, string name)
        : SimLedger(world.Database, random, world.Trace, name)
    {
        public override async ValueTask<WriteOutcome> WriteAsync(
            IReadOnlyList<Commit> batch, CancellationToken cancellation)
        {
            var outcome = await base.WriteAsync(batch, cancellation);
            if (outcome != WriteOutcome.Unknown)
                return outcome;
            var again = new List<Commit>();
            foreach (var commit in batch)
                again.Add(Behind(again.LastOrDefault(), commit));
            return Commit(again);
        }

        private Commit Behind(Commit? before, Commit commit)
        {
            var head = before?.Stream == commit.Stream
                ? new StreamHead(commit.Stream, before.Entries[^1].Version, before.Entries[^1].Chain)
                : Database.Journal.Probe([commit.Stream], []).Heads[0];
            var entries = new List<Entry>();
            var (version, chain) = (head.Version, head.Chain);
            foreach (var entry in commit.Entries)
            {
                var moved = entry with { Version = ++version };
                chain = World.ChainKey.Next(chain, moved);
                entries.Add(moved with { Chain = chain });
            }

            return new Commit(commit.Stream, head.Version, head.Chain, entries);
        }
    }
}

/// <summary>A snapshot takes what others have credited by now for seen, folded in or not.</summary>
internal sealed class CreditLostOnReload : Planted
{
    public override SimLedger Ledger(World world, SimRandom random, string name) => new Hasty(world, random, name);

    private sealed class Hasty(World world, SimRandom random, string name)
        : SimLedger(world.Database, random, world.Trace, name)
    {
        public override async ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation)
        {
            var cursor = new Dictionary<StreamId, long>(snapshot.Cursor);
            var credits = await Database.Committed.CreditsAsync(
                snapshot.Stream, new Dictionary<StreamId, long>(), CancellationToken.None);
            foreach (var credit in credits)
                cursor[credit.Stream] = Math.Max(cursor.GetValueOrDefault(credit.Stream), credit.Version);
            await base.SaveSnapshotAsync(snapshot with { Cursor = cursor }, cancellation);
        }
    }
}
