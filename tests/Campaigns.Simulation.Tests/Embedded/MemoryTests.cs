using System.Diagnostics;
using System.Runtime.CompilerServices;
using Campaigns.Simulation.PlantedFaults;
using Campaigns.Simulation.Plans;
using Campaigns.Simulation.Runs;

namespace Campaigns.Simulation.Tests;

public sealed class MemoryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A hundred thousand seeds fit into memory only if nothing of a seed stays behind.</summary>
    [Fact]
    public void WorldOfASeed_IsFreedAfterIt_AlsoWhereProcessesWereKilled()
    {
        var worlds = Enumerable.Range(0, 12).Select(seed => Run((ulong)seed)).ToList();
        var clock = Stopwatch.StartNew();
        while (worlds.Exists(world => world.IsAlive) && clock.Elapsed < Patience)
        {
            // A pool's thread may still have the last of it on its stack.
            Thread.Sleep(50);
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
