namespace Orleans.Embedded;

/// <summary>
/// The thread pool. Work goes to the queue of the scheduling thread, so a call to an idle grain that is awaited at once
/// usually runs on the caller's thread after the caller has let go of it: no hop, and nothing runs inside the caller.
/// </summary>
internal sealed class ThreadPoolScheduler : IEmbeddedScheduler
{
    public int TurnsPerSlice => 32;

    public void Schedule(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true);
}
