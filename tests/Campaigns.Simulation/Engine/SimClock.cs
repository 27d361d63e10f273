namespace Campaigns.Simulation.Engine;

/// <summary>Time that passes only when nothing is ready, when the seed lets it drift, or by a leap.</summary>
internal sealed class SimClock(Steps steps)
{
    private readonly PriorityQueue<Alarm, (long Due, long Order)> _alarms = new();
    private long _order;

    /// <summary>Since the seed began; every process has the same monotonic clock.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Runs an action as a step, after a time.</summary>
    public void After(TimeSpan wait, Action action, Life? life = null)
    {
        if (wait <= TimeSpan.Zero)
            steps.Add(action, life);
        else
            Arm(new Alarm(new Callback(action), life), wait);
    }

    public Alarm Arm(IThreadPoolWorkItem work, Life? life, TimeSpan wait)
    {
        var alarm = new Alarm(work, life);
        Arm(alarm, wait);
        return alarm;
    }

    /// <summary>Goes to the next alarm if there is one until <paramref name="limit"/>.</summary>
    public bool GoToNext(TimeSpan limit)
    {
        while (_alarms.TryPeek(out var alarm, out var next) && next.Due <= limit.Ticks)
        {
            if (!alarm.IsCancelled)
            {
                GoTo(new TimeSpan(Math.Max(next.Due, Elapsed.Ticks)));
                return true;
            }

            _alarms.Dequeue();
        }

        return false;
    }

    /// <summary>Moves to a later time; what became due meanwhile is ready, each alarm once.</summary>
    public void GoTo(TimeSpan time)
    {
        Elapsed = time;
        while (_alarms.TryPeek(out _, out var next) && next.Due <= time.Ticks)
        {
            var alarm = _alarms.Dequeue();
            if (!alarm.IsCancelled)
                steps.Add(alarm.Work, alarm.Life);
        }
    }

    private void Arm(Alarm alarm, TimeSpan wait) =>
        _alarms.Enqueue(alarm, (Elapsed.Ticks + Math.Max(0, wait.Ticks), ++_order));

    /// <summary>Something that will be ready at a time, unless it is cancelled.</summary>
    public sealed class Alarm(IThreadPoolWorkItem work, Life? life)
    {
        public IThreadPoolWorkItem Work => work;

        public Life? Life => life;

        public bool IsCancelled { get; private set; }

        public void Cancel() => IsCancelled = true;
    }

    private sealed class Callback(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
