using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>
/// One grain in memory. This file receives calls and decides which may run; Activation.Life.cs starts and ends it,
/// Activation.Context.cs is what the grain sees of it.
/// </summary>
internal sealed partial class Activation : IGrainContext, IActivationTarget
{
    private readonly ActivationScheduler _scheduler;
    private WaitingCalls _waiting;
    private readonly List<GrainCall> _exclusive = [];
    private int _writers;
    private int _running;
    private long _idleSince;
    private Dictionary<Guid, int>? _reentrantSections;

    public Activation(EmbeddedSilo silo, GrainClass grainClass, GrainId id)
    {
        Silo = silo;
        Class = grainClass;
        GrainId = id;
        _scheduler = new ActivationScheduler(this, silo.Scheduler);
        _idleSince = silo.Clock.GetTimestamp();
    }

    public EmbeddedSilo Silo { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public object? GrainInstance { get; private set; }

    public bool HasFilters => Silo.IncomingFilters.Length > 0 || Class.IsFilter;

    internal bool IsInactive
    {
        get
        {
            lock (_scheduler.Gate)
                return _running == 0 && _waiting.Count == 0;
        }
    }

    internal int WaitingCount
    {
        get
        {
            lock (_scheduler.Gate)
                return _waiting.Count;
        }
    }

    public bool TryReceive(GrainCall call)
    {
        LimitExceededException? overload = null;
        var schedule = false;
        lock (_scheduler.Gate)
        {
            if (_state == ActivationState.Invalid)
                return false;
            var limit = Silo.Options.MaxQueuedRequests;
            if (limit > 0 && !call.IsLocalOnly && _running + _waiting.Count > limit)
            {
                overload = new LimitExceededException(
                    nameof(EmbeddedRuntimeOptions.MaxQueuedRequests), _running + _waiting.Count, limit, GrainId);
            }
            else
            {
                call.Holder = this;
                _waiting.Add(call);
                schedule = _scheduler.QueuePump();
            }
        }

        if (overload is not null)
            call.Reject(overload);
        else if (schedule)
            _scheduler.ScheduleSlice();
        return true;
    }

    /// <summary>A turn that starts whatever may start now.</summary>
    internal void Pump()
    {
        // Async locals that one call leaves behind must not reach the next one.
        var clean = ExecutionContext.Capture();
        while (NextRunnable() is { } call)
        {
            if (call.IsAbandoned && !call.IsLocalOnly)
            {
                OnCallEnded(call);
                continue;
            }

            RequestContext.Import(call.RequestContextData);
            call.Run(this);
            if (clean is not null)
                ExecutionContext.Restore(clean);
        }

        ContinueLife();
    }

    internal void OnCallEnded(GrainCall call)
    {
        bool schedule;
        lock (_scheduler.Gate)
        {
            _running--;
            if (call.IsKeepAlive)
                _idleSince = Silo.Clock.GetTimestamp();

            if (_exclusive.Remove(call) && !call.IsReadOnly)
                _writers--;
            schedule = (_waiting.Count > 0 || _state == ActivationState.Deactivating) && _scheduler.QueuePump();
        }

        if (schedule)
            _scheduler.ScheduleSlice();
    }

    internal void OnCallFailed(GrainCall call, Exception exception)
    {
        Silo.Log.CallFailed(call.Method, GrainId, exception);
        if (exception is InconsistentStateException { IsSourceActivation: true } inconsistent)
        {
            inconsistent.IsSourceActivation = false;
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, exception.Message));
        }
    }

    internal void CancelCall(GrainCall call)
    {
        lock (_scheduler.Gate)
        {
            if (IsWaiting(call))
            {
                _waiting.Remove(call);
                return;
            }
        }

        _scheduler.QueueAction(call.CancelCallee);
    }

    internal void EnterReentrantSection(Guid id)
    {
        lock (_scheduler.Gate)
        {
            _reentrantSections ??= [];
            _reentrantSections[id] = _reentrantSections.GetValueOrDefault(id) + 1;
        }
    }

    internal void ExitReentrantSection(Guid id)
    {
        lock (_scheduler.Gate)
        {
            if (_reentrantSections is null || !_reentrantSections.TryGetValue(id, out var depth))
                throw new InvalidOperationException("A reentrant section ended that had not begun.");
            if (depth > 1)
                _reentrantSections[id] = depth - 1;
            else
                _reentrantSections.Remove(id);
        }
    }

    private bool IsWaiting(GrainCall call) =>
        call.NextWaiting is not null || call.PreviousWaiting is not null || ReferenceEquals(_waiting.First, call);

    private GrainCall? NextRunnable()
    {
        lock (_scheduler.Gate)
        {
            if (_exclusive.Count > 0 && Class.MayInterleave is null && !_waiting.AnyInterleavable)
                return null;
            for (var call = _waiting.First; call is not null; call = call.NextWaiting)
            {
                if (!MayStartInState(call) || !MayRunNow(call))
                    continue;
                _waiting.Remove(call);
                Begin(call);
                return call;
            }

            return null;
        }
    }

    private void Begin(GrainCall call)
    {
        _running++;
        if (call.IsAlwaysInterleave)
            return;
        _exclusive.Add(call);
        if (!call.IsReadOnly)
            _writers++;
    }

    private bool MayStartInState(GrainCall call) =>
        _state == ActivationState.Valid
        || (_state == ActivationState.Deactivating && call.IsLocalOnly && _running > 0);

    private bool MayRunNow(GrainCall call)
    {
        if (_exclusive.Count == 0 || call.IsAlwaysInterleave || (call.IsReadOnly && _writers == 0))
            return true;
        if (_reentrantSections is { Count: > 0 } && _reentrantSections.ContainsKey(call.ReentrancyId))
            return true;
        return Class.MayInterleave is { } predicate
            && (predicate(GrainInstance!, call) || _exclusive.TrueForAll(running =>
                (running.IsReadOnly && call.IsReadOnly) || predicate(GrainInstance!, running)));
    }
}
