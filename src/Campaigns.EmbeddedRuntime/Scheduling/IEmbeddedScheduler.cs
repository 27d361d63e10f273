namespace Orleans.Embedded;

/// <summary>Runs all work of the runtime: turns of activations and the completion of calls.</summary>
public interface IEmbeddedScheduler
{
    /// <summary>
    /// How many turns one activation may take in a row before others get theirs; a turn itself is never cut.
    /// </summary>
    int TurnsPerSlice { get; }

    /// <summary>
    /// Runs <paramref name="work"/> soon and once, never inside this call, in the default execution context. May be
    /// called from any thread.
    /// </summary>
    void Schedule(IThreadPoolWorkItem work);
}
