using Campaigns.LoadRunner.Running;

namespace Campaigns.LoadTests.Tests.Runner;

/// <summary>A clock that stands still until somebody waits for it or moves it.</summary>
internal sealed class ManualClock : RunClock
{
    private long _now = 1_000_000;

    public override long Now => Volatile.Read(ref _now);

    /// <summary>At once: what is sent has been sent before the clock moves on.</summary>
    public override void Start(IThreadPoolWorkItem iteration) => iteration.Execute();

    public override void WaitUntil(long time)
    {
        if (time > Now)
        {
            Volatile.Write(ref _now, time);
        }
    }

    public void Advance(TimeSpan time) => Interlocked.Add(ref _now, (long)time.TotalMicroseconds);
}
