namespace Campaigns.Testing;

/// <summary>
/// A clock that stands still until a test advances it; timers fire inside <see cref="Advance"/>, in order.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 12, 31, 12, 0, 0, TimeSpan.Zero);
    private long _ticks;
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    /// <summary>Moves the wall clock alone, as an operator or a time server may, also backwards.</summary>
    public void SetUtcNow(DateTimeOffset now)
    {
        lock (_gate)
        {
            _now = now;
        }
    }

    public void Advance(TimeSpan by)
    {
        var end = By(by);
        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            Move(end);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private TimeSpan By(TimeSpan by)
    {
        lock (_gate)
        {
            return _elapsed + by;
        }
    }

    private void Move(TimeSpan to)
    {
        _now += to - _elapsed;
        _elapsed = to;
    }

    private ManualTimer? NextDue(TimeSpan end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end)
                .OrderBy(timer => timer.Due).ThenBy(timer => timer.Order).FirstOrDefault();
            if (next is not null)
            {
                Move(next.Due > _elapsed ? next.Due : _elapsed);
                next.Rearm();
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan Due { get; private set; }

        public long Order { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Arm(dueTime);
                }
            }

            return true;
        }

        public void Rearm()
        {
            time._timers.Remove(this);
            if (_period > TimeSpan.Zero)
            {
                Arm(_period);
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Arm(TimeSpan after)
        {
            Due = time._elapsed + after;
            Order = time._ticks++;
            time._timers.Add(this);
        }
    }
}
