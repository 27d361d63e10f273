namespace Campaigns.Simulation.Engine;

/// <summary>The clocks of one process: the common monotonic one, and a wall clock that may be wrong.</summary>
internal sealed class ProcessTime(SimClock clock, DateTimeOffset start, Life life) : TimeProvider
{
    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan Shift { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => start + clock.Elapsed + Shift;

    public override long GetTimestamp() => clock.Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ProcessTimer(clock, life, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ProcessTimer(SimClock clock, Life life, TimerCallback callback, object? state)
        : ITimer, IThreadPoolWorkItem
    {
        private SimClock.Alarm? _alarm;
        private TimeSpan _period;
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _alarm?.Cancel();
            _alarm = null;
            _period = period;
            if (!_disposed && dueTime != Timeout.InfiniteTimeSpan)
                _alarm = clock.Arm(new Firing(this), life, dueTime);
            return !_disposed;
        }

        public void Execute()
        {
            _alarm = _period > TimeSpan.Zero ? clock.Arm(new Firing(this), life, _period) : null;
            callback(state);
        }

        public void Dispose()
        {
            _disposed = true;
            _alarm?.Cancel();
            _alarm = null;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>One ring of the alarm: void when the timer was changed after it became ready.</summary>
        private sealed class Firing(ProcessTimer timer) : IThreadPoolWorkItem
        {
            public void Execute()
            {
                if (timer._alarm is { } alarm && ReferenceEquals(alarm.Work, this) && !alarm.IsCancelled)
                    timer.Execute();
            }
        }
    }
}
