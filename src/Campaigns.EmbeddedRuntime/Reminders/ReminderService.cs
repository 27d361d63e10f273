using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Embedded;

/// <summary>
/// Wakes grains when their reminders are due. Ticks missed while the silo was down are not made up: the next one comes
/// when the period says.
/// </summary>
internal sealed class ReminderService : IReminderRegistry, IDisposable
{
    private readonly EmbeddedSilo _silo;
    private readonly IEmbeddedReminderTable _table;
    private readonly Lock _gate = new();
    private readonly Dictionary<GrainId, Dictionary<string, Scheduled>> _scheduled = [];
    private readonly PriorityQueue<Scheduled, (DateTime Due, long Order)> _due = new();
    private readonly ITimer _timer;
    private long _lastOrder;
    private bool _stopped;

    public ReminderService(EmbeddedSilo silo, IEmbeddedReminderTable table)
    {
        _silo = silo;
        _table = table;
        _timer = silo.Clock.CreateTimer(
            static state => ((ReminderService)state!).OnTimer(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var reminder in await _table.ReadAllAsync(cancellationToken))
            Schedule(reminder);
    }

    public void Stop()
    {
        lock (_gate)
            _stopped = true;
    }

    public void Dispose() => _timer.Dispose();

    public async Task<IGrainReminder> RegisterOrUpdateReminder(
        GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        if (period < _silo.Options.MinimumReminderPeriod)
            throw new ArgumentException(
                $"Reminder {reminderName}: the shortest period is {_silo.Options.MinimumReminderPeriod}.");
        var stored = await _table.WriteAsync(callingGrainId, reminderName, Now() + dueTime, period);
        Schedule(stored);
        return new Handle(stored);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        var stored = (reminder as Handle)?.Stored
            ?? throw new ArgumentException("The reminder is not one of this runtime.", nameof(reminder));
        if (!await _table.RemoveAsync(stored.Grain, stored.Name, stored.ETag))
            throw new ReminderException($"Reminder {stored.Name} of {stored.Grain} was changed meanwhile. Ask again.");
        lock (_gate)
        {
            if (_scheduled.TryGetValue(stored.Grain, out var ofGrain) && ofGrain.Remove(stored.Name)
                && ofGrain.Count == 0)
                _scheduled.Remove(stored.Grain);
        }
    }

    public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        lock (_gate)
        {
            var found = _scheduled.GetValueOrDefault(callingGrainId)?.GetValueOrDefault(reminderName);
            return Task.FromResult<IGrainReminder?>(found is null ? null : new Handle(found.Reminder));
        }
    }

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
    {
        lock (_gate)
        {
            var ofGrain = _scheduled.GetValueOrDefault(callingGrainId)?.Values ?? Enumerable.Empty<Scheduled>();
            return Task.FromResult(ofGrain
                .OrderBy(s => s.Reminder.Name, StringComparer.Ordinal)
                .Select(s => (IGrainReminder)new Handle(s.Reminder))
                .ToList());
        }
    }

    private DateTime Now() => _silo.Clock.GetUtcNow().UtcDateTime;

    private void Schedule(StoredReminder reminder)
    {
        lock (_gate)
        {
            var scheduled = new Scheduled(reminder);
            if (!_scheduled.TryGetValue(reminder.Grain, out var ofGrain))
                _scheduled[reminder.Grain] = ofGrain = [];
            ofGrain[reminder.Name] = scheduled;
            Enqueue(scheduled, DueAfter(reminder, Now() - TimeSpan.FromTicks(1)));
        }
    }

    /// <summary>
    /// The first of the start and its multiples of the period that is later than <paramref name="time"/>.
    /// </summary>
    private static DateTime DueAfter(StoredReminder reminder, DateTime time) =>
        time < reminder.StartAt
            ? reminder.StartAt
            : reminder.StartAt + (reminder.Period * (((time - reminder.StartAt).Ticks / reminder.Period.Ticks) + 1));

    private void Enqueue(Scheduled scheduled, DateTime due)
    {
        _due.Enqueue(scheduled, (due, ++_lastOrder));
        Arm();
    }

    private void Arm()
    {
        if (_stopped || !_due.TryPeek(out _, out var next))
            return;
        var wait = next.Due - Now();
        var longest = TimeSpan.FromDays(1);
        _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < longest ? wait : longest, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        var due = new List<Scheduled>();
        lock (_gate)
        {
            while (!_stopped && _due.TryPeek(out var first, out var when) && when.Due <= Now())
            {
                _due.Dequeue();
                if (IsCurrent(first))
                    due.Add(first);
            }

            Arm();
        }

        foreach (var scheduled in due)
            _silo.Post(() => _ = TickAsync(scheduled));
    }

    /// <summary>Calls the grain, and schedules the next tick when the call is over.</summary>
    private async Task TickAsync(Scheduled scheduled)
    {
        var reminder = scheduled.Reminder;
        try
        {
            var grain = (IRemindable)_silo.References.Create(typeof(IRemindable), reminder.Grain);
            await grain.ReceiveReminder(reminder.Name, new TickStatus(reminder.StartAt, reminder.Period, Now()));
        }
        catch (Exception exception)
        {
            _silo.Log.ReminderFailed(reminder.Name, reminder.Grain, exception);
        }

        lock (_gate)
        {
            if (IsCurrent(scheduled))
                Enqueue(scheduled, DueAfter(reminder, Now()));
        }
    }

    private bool IsCurrent(Scheduled scheduled) =>
        _scheduled.GetValueOrDefault(scheduled.Reminder.Grain) is { } ofGrain
        && ReferenceEquals(ofGrain.GetValueOrDefault(scheduled.Reminder.Name), scheduled);

    private sealed class Scheduled(StoredReminder reminder)
    {
        public StoredReminder Reminder { get; } = reminder;
    }

    private sealed class Handle(StoredReminder stored) : IGrainReminder
    {
        public StoredReminder Stored { get; } = stored;

        public string ReminderName => Stored.Name;
    }
}
