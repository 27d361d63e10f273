using System.Diagnostics;

namespace Campaigns.LoadRunner.Running;

/// <summary>A monotonic clock in microseconds, by which is sent and measured.</summary>
internal class RunClock
{
    private static readonly double PerMicrosecond = Stopwatch.Frequency / 1e6;
    private const long Microsecond = 1_000;

    public virtual long Now => (long)(Stopwatch.GetTimestamp() / PerMicrosecond);

    /// <summary>
    /// Lets an iteration start without holding the sender up: rendering and sending are the thread pool's work.
    /// </summary>
    public virtual void Start(IThreadPoolWorkItem iteration) =>
        ThreadPool.UnsafeQueueUserWorkItem(iteration, preferLocal: false);

    /// <summary>Blocks the sender's own thread; it wakes up to a millisecond late.</summary>
    public virtual void WaitUntil(long time)
    {
        for (var left = time - Now; left > 0; left = time - Now)
        {
            Thread.Sleep((int)Math.Clamp(left / Microsecond, 1, 50));
        }
    }
}
