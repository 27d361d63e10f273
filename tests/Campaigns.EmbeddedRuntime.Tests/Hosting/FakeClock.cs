namespace Campaigns.EmbeddedRuntime.Tests.Hosting;

/// <summary>
/// A clock that <see cref="Advance"/> moves; timers fire in order of their times, on the advancing thread. Each look at
/// it takes a tick: who waits for an instant within the same millisecond, as Orleans does with delays that are cut to
/// whole ones, would look for ever at a clock that stands still.
/// </summary>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = new(2027, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now += TimeSpan.FromTicks(1);
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan time)
    {
        var end = GetUtcNow() + time;
        while (NextDue(end) is { } timer)
            timer.Fire();
        lock (_gate)
            _now = _now > end ? _now : end;
    }

    /// <summary>
    /// Advances second by second until the task ends, as whole as the world would, but for a bounded real time.
    /// </summary>
    public async Task AdvanceUntil(Task task, TimeSpan atMost)
    {
        for (var passed = TimeSpan.Zero; passed < atMost && !task.IsCompleted; passed += TimeSpan.FromSeconds(1))
        {
            Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(task, Task.Delay(1));
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private Timer? NextDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (next is not null && next.Due > _now)
                _now = next.Due.Value;
            return next;
        }
    }

    private sealed class Timer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                _period = period;
                if (Due is not null)
                    clock._timers.Add(this);
            }

            return true;
        }

        public void Fire()
        {
            lock (clock._gate)
            {
                if (Due is null)
                    return;
                clock._timers.Remove(this);
                Due = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : Due + _period;
                if (Due is not null)
                    clock._timers.Add(this);
            }

            callback(state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
