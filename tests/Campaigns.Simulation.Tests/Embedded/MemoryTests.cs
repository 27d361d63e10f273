using System.Runtime.CompilerServices;
using Campaigns.Simulation.PlantedFaults;
using Campaigns.Simulation.Plans;
using Campaigns.Simulation.Runs;

namespace Campaigns.Simulation.Tests;

public sealed class MemoryTests
{
    /// <summary>A hundred thousand seeds fit into memory only if nothing of a seed stays behind.</summary>
    [Fact]
    public void WorldOfASeed_IsFreedAfterIt_AlsoWhereProcessesWereKilled()
    {
        var worlds = Enumerable.Range(0, 12).Select(seed => Run((ulong)seed)).ToList();
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        worlds.Count(world => world.IsAlive).ShouldBe(0);
    }

    /// <summary>The world holds the planted fault, here none, from its begin to its end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Run(ulong seed)
    {
        var planted = PlantedFault.Of(null);
        SeedRun.Of(Plan.For(seed), planted);
        return new WeakReference(planted);
    }
}
