using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Campaigns.Simulation.Cluster;
using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.Checks;

/// <summary>
/// Conservation at prefixes that no database ever showed: each stream is cut anywhere, as long as what a debit has
/// recorded as its source is in the cut. No limited account may then have paid more than it had.
/// </summary>
internal static class CutCheck
{
    private const int Cuts = 6;

    public static void Run(World world)
    {
        var random = SimRandom.For(world.Plan.Seed, "cuts");
        var entries = new SortedDictionary<StreamId, List<Entry>>();
        foreach (var entry in world.Database.Committed.ScanAsync(CancellationToken.None).ToBlockingEnumerable())
        {
            if (entry.Kind is EntryKind.BatchSealed or EntryKind.CommitterStarted)
                continue;
            if (!entries.TryGetValue(entry.Stream, out var stream))
                entries[entry.Stream] = stream = [];
            stream.Add(entry);
        }

        for (var cut = 0; cut < Cuts; cut++)
        {
            var versions = entries.ToDictionary(pair => pair.Key, pair => random.Below(pair.Value.Count + 1));
            Close(world, entries, versions);
            Check(world, entries, versions);
        }
    }

    /// <summary>A pool that is open, and a share that a stock has met, have their source in the cut.</summary>
    private static void Close(
        World world, SortedDictionary<StreamId, List<Entry>> entries, Dictionary<StreamId, int> versions)
    {
        foreach (var (stream, length) in versions.ToList())
        {
            foreach (var entry in entries[stream].Take(length))
            {
                var source = entry.Kind switch
                {
                    EntryKind.PacketPoolOpened => entries[world.Books.Campaign].FindIndex(
                        funded => funded.Kind == EntryKind.PoolFunded && funded.Credit == stream) + 1,
                    EntryKind.StockFunded => (int)((StockFunded)StockEvent.Read(entry.Kind, entry.Payload.Span))
                        .FundingVersion,
                    _ => 0,
                };
                versions[world.Books.Campaign] = Math.Max(versions[world.Books.Campaign], source);
            }
        }
    }

    private static void Check(
        World world, SortedDictionary<StreamId, List<Entry>> entries, Dictionary<StreamId, int> versions)
    {
        foreach (var pool in world.Books.Pools.Keys)
        {
            var given = entries[world.Books.Campaign].Take(versions[world.Books.Campaign])
                .Where(entry => entry.Kind == EntryKind.PoolFunded && entry.Credit == pool).Sum(entry => entry.Amount);
            var paid = entries.TryGetValue(pool, out var own)
                ? own.Take(versions[pool]).Sum(entry => entry.Amount)
                : 0;
            world.Books.Require(paid <= given, Rules.Conservation,
                $"in a cut {world.Books.NameOf(pool)} has paid {paid} of {given}");
        }
    }
}
