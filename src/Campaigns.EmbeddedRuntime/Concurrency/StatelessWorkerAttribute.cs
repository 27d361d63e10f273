using Orleans.Placement;

namespace Orleans.Concurrency;

/// <summary>Several activations of one grain id may run side by side; calls go to an idle one.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    /// <summary>As many activations as the machine has processors.</summary>
    public StatelessWorkerAttribute() : this(-1)
    {
    }

    /// <summary>At most <paramref name="maxLocalWorkers"/> activations; zero or less means one per processor.</summary>
    public StatelessWorkerAttribute(int maxLocalWorkers) : this(maxLocalWorkers, true)
    {
    }

    /// <summary>
    /// As above. Idle workers always leave by the collection age here, whatever the second argument says.
    /// </summary>
    public StatelessWorkerAttribute(int maxLocalWorkers, bool removeIdleWorkers)
    {
        MaxLocalWorkers = maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount;
        RemoveIdleWorkers = removeIdleWorkers;
    }

    internal int MaxLocalWorkers { get; }

    internal bool RemoveIdleWorkers { get; }
}
