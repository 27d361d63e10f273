using Orleans.Runtime;

namespace Orleans.Embedded;

/// <content>Starts and ends the activation. All of it runs as turns of the activation.</content>
internal sealed partial class Activation
{
    private ActivationState _state = ActivationState.Activating;
    private DeactivationReason _reason;
    private CancellationTokenSource? _activating;
    private CancellationToken _deactivationToken;
    private GrainLifecycle? _lifecycle;
    private List<GrainTimer>? _timers;
    private TaskCompletionSource? _ended;
    private long _keepUntil = long.MinValue;
    private bool _wasValid;
    private bool _lifeStepRuns = true;

    /// <summary>Called when a worker of a stateless group has ended.</summary>
    internal Action<Activation>? Ended { get; set; }

    public Task Deactivated
    {
        get
        {
            lock (_scheduler.Gate)
            {
                if (_state == ActivationState.Invalid)
                    return Task.CompletedTask;
                return (_ended ??= new TaskCompletionSource()).Task;
            }
        }
    }

    /// <summary>Begins to activate, on behalf of the call whose request context this is.</summary>
    internal void Start(Dictionary<string, object>? requestContext)
    {
        _activating = new CancellationTokenSource(Silo.Options.ActivationTimeout, Silo.Clock);
        _scheduler.QueueAction(() => _ = ActivateAsync(requestContext, _activating));
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        bool schedule;
        lock (_scheduler.Gate)
        {
            if (_state >= ActivationState.Deactivating)
                return;
            _wasValid = _state == ActivationState.Valid;
            _state = ActivationState.Deactivating;
            _reason = deactivationReason;
            _deactivationToken = cancellationToken;
            schedule = _scheduler.QueuePump();
        }

        if (schedule)
            _scheduler.ScheduleSlice();
        if (!_wasValid)
            _scheduler.QueueAction(() => _activating?.Cancel());
    }

    internal void DelayDeactivation(TimeSpan time)
    {
        var now = Silo.Clock.GetUtcNow().UtcTicks;
        lock (_scheduler.Gate)
        {
            _keepUntil = time == Timeout.InfiniteTimeSpan || time.Ticks > long.MaxValue - now ? long.MaxValue
                : time <= TimeSpan.Zero ? long.MinValue
                : now + time.Ticks;
        }
    }

    /// <summary>Ends the activation when it has been idle for its age limit.</summary>
    internal void DeactivateIfIdle()
    {
        var age = Class.CollectionAge ?? Silo.Options.CollectionAge;
        if (age == Timeout.InfiniteTimeSpan)
            return;
        lock (_scheduler.Gate)
        {
            if (_state != ActivationState.Valid || _running > 0 || _waiting.Count > 0
                || _keepUntil > Silo.Clock.GetUtcNow().UtcTicks
                || Silo.Clock.GetElapsedTime(_idleSince) < age)
                return;
        }

        Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"Idle for {age}."));
    }

    internal void AddTimer(GrainTimer timer)
    {
        lock (_scheduler.Gate)
            (_timers ??= []).Add(timer);
    }

    internal void RemoveTimer(GrainTimer timer)
    {
        lock (_scheduler.Gate)
            _timers?.Remove(timer);
    }

    private void ContinueLife()
    {
        lock (_scheduler.Gate)
        {
            if (_lifeStepRuns || _state != ActivationState.Deactivating || _running > 0)
                return;
            _lifeStepRuns = true;
        }

        _ = EndAsync();
    }

    private async Task ActivateAsync(Dictionary<string, object>? requestContext, CancellationTokenSource activating)
    {
        Exception? failure = null;
        try
        {
            RequestContext.Import(requestContext);
            GrainInstance = Class.Create(this);
            if (GrainInstance is ILifecycleParticipant<IGrainLifecycle> participant)
                participant.Participate(ObservableLifecycle);
            await Bounded(StartGrainAsync(activating.Token), activating.Token);
        }
        catch (Exception exception)
        {
            failure = exception;
            Silo.Log.ActivationFailed(GrainId, exception);
        }

        bool schedule;
        lock (_scheduler.Gate)
        {
            _activating = null;
            _lifeStepRuns = false;
            if (_state == ActivationState.Activating && failure is null)
                _state = ActivationState.Valid;
            schedule = _scheduler.QueuePump();
        }

        activating.Dispose();
        if (schedule)
            _scheduler.ScheduleSlice();
        if (failure is not null)
            Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationFailed, failure, "Activation failed."));
    }

    private async Task StartGrainAsync(CancellationToken token)
    {
        if (_lifecycle is not null)
            await _lifecycle.StartAsync(token);
        if (GrainInstance is IGrainBase grain)
            await grain.OnActivateAsync(token);
    }

    private async Task EndAsync()
    {
        DisposeTimers();
        using (var bound = new CancellationTokenSource(Silo.Options.DeactivationTimeout, Silo.Clock))
        using (_deactivationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), bound))
        {
            if (_wasValid && GrainInstance is IGrainBase grain)
                await Attempt(() => Bounded(grain.OnDeactivateAsync(_reason, bound.Token), bound.Token));
            if (_lifecycle is not null)
                await Attempt(() => Bounded(_lifecycle.StopAsync(bound.Token), bound.Token));
        }

        await Attempt(DisposeInstanceAsync);
        Leave();
    }

    /// <summary>Gives up its place, then its queue.</summary>
    private void Leave()
    {
        List<GrainCall> left;
        lock (_scheduler.Gate)
        {
            _state = ActivationState.Invalid;
            left = _waiting.TakeAll();
        }

        Silo.Catalog.Remove(this);
        Ended?.Invoke(this);
        foreach (var call in left.Where(call => !call.IsLocalOnly))
        {
            call.Holder = null;
            if (_reason.Exception is { } failure)
                call.Reject(failure);
            else
                Silo.Catalog.Forward(call, _reason);
        }

        if (_ended is not null)
            Silo.Post(_ended.SetResult);
    }

    private void DisposeTimers()
    {
        List<GrainTimer>? timers;
        lock (_scheduler.Gate)
        {
            timers = _timers;
            _timers = null;
        }

        timers?.ForEach(timer => timer.Dispose());
    }

    private async Task DisposeInstanceAsync()
    {
        if (GrainInstance is IAsyncDisposable asynchronously)
            await asynchronously.DisposeAsync();
        else if (GrainInstance is IDisposable disposable)
            disposable.Dispose();
        if (_scope is IAsyncDisposable scope)
            await scope.DisposeAsync();
        else
            _scope?.Dispose();
    }

    private async Task Attempt(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception)
        {
            Silo.Log.DeactivationFailed(GrainId, exception);
        }
    }

    /// <summary>Waits for grain code no longer than the token allows, even when the code ignores it.</summary>
    private async Task Bounded(Task grainCode, CancellationToken token)
    {
        if (!grainCode.IsCompleted)
        {
            // Completed by a turn: waiting on the token itself would leave the scheduler.
            var cut = new TaskCompletionSource();
            using var registration = token.UnsafeRegister(_ => _scheduler.QueueAction(() => cut.TrySetResult()), null);
            if (await Task.WhenAny(grainCode, cut.Task) != grainCode)
                throw new OperationCanceledException(token);
        }

        await grainCode;
    }
}
