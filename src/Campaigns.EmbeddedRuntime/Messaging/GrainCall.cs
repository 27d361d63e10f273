using System.Reflection;
using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Embedded;

/// <summary>
/// One call: first the request on its way to the grain, then its response on the way back. The arguments are fields of
/// the generated subclass.
/// </summary>
internal abstract class GrainCall(GrainMethod method) : GrainMessage, IInvokable, IThreadPoolWorkItem
{
    private EmbeddedSilo _origin = null!;
    private GrainId _target;
    private GrainId? _caller;
    private CancellationTokenRegistration _cancellation;
    private CancellationTokenSource? _calleeCancellation;
    private Exception? _localFailure;
    private int _completed;
    private bool _isDuplicate;
    private volatile bool _responded;

    public GrainMethod Method { get; } = method;

    public override MessageDirection Direction => _responded ? MessageDirection.Response : MessageDirection.Request;

    public override EmbeddedSilo Origin => _origin;

    public override GrainId Target => _target;

    public override GrainId? Caller => _caller;

    public override string Description => Method.ToString();

    /// <summary>What the caller's request context held when it called.</summary>
    public Dictionary<string, object>? RequestContextData { get; private set; }

    /// <summary>The caller's token; the grain gets another one, cancelled in a turn of its own.</summary>
    public CancellationToken CallerToken { get; set; }

    /// <summary>The token passed to the grain's method.</summary>
    public CancellationToken CalleeToken => _calleeCancellation?.Token ?? CancellationToken.None;

    /// <summary>Ticks of timers: bound to their activation, never forwarded.</summary>
    public virtual bool IsLocalOnly => false;

    /// <summary>Whether the call counts as use of the activation.</summary>
    public virtual bool IsKeepAlive => true;

    public virtual bool IsAlwaysInterleave => (Method.Options & InvokeMethodOptions.AlwaysInterleave) != 0;

    public bool IsReadOnly => (Method.Options & InvokeMethodOptions.ReadOnly) != 0;

    /// <summary>Whether the caller has stopped waiting; such a request is not worth starting.</summary>
    public bool IsAbandoned => Volatile.Read(ref _completed) != 0;

    /// <summary>How often the request has been sent on because its activation was ending.</summary>
    public int ForwardCount { get; set; }

    public Guid ReentrancyId => RequestContext.ReentrancyIdOf(RequestContextData);

    // Links of the one activation queue, and of the one table of unanswered calls, that hold the call.
    public GrainCall? NextWaiting { get; set; }

    public GrainCall? PreviousWaiting { get; set; }

    public GrainCall? NextUnanswered { get; set; }

    public GrainCall? PreviousUnanswered { get; set; }

    public int UnansweredStripe { get; set; } = -1;

    /// <summary>When the call was sent, as a timestamp of the silo's clock.</summary>
    public long SentAt { get; set; }

    /// <summary>The activation that has the request, if any.</summary>
    public Activation? Holder { get; set; }

    protected object? Grain { get; private set; }

    public void Address(EmbeddedSilo origin, GrainId target, GrainId? caller)
    {
        _origin = origin;
        _target = target;
        _caller = caller;
        RequestContextData = RequestContext.Export();
        if (CallerToken.CanBeCanceled)
            _calleeCancellation = new CancellationTokenSource();
    }

    public override void DeliverTo(EmbeddedSilo silo)
    {
        if (_responded)
            Complete(null);
        else
            silo.Catalog.Dispatch(this);
    }

    /// <summary>
    /// Runs the method on the activation's grain and responds; the activation is told when it is over.
    /// </summary>
    public abstract void Run(Activation activation);

    /// <summary>Answers instead of the grain. Safe to call when the caller waits no longer.</summary>
    public void Reject(Exception exception)
    {
        if (Method.IsOneWay)
            _origin.Log.OneWayRejected(Method, _target, exception);
        else
            Respond(Response.FromException(exception));
    }

    public abstract void Respond(Response response);

    public void CancelWhenCallerDoes() =>
        _cancellation = CallerToken.UnsafeRegister(
            static (state, token) => ((GrainCall)state!).OnCallerCancelled(token), this);

    /// <summary>
    /// Ends the caller's wait once: with what the grain answered, or with <paramref name="localFailure"/>.
    /// </summary>
    public bool Complete(Exception? localFailure)
    {
        if (Interlocked.Exchange(ref _completed, 1) != 0)
            return false;
        _localFailure = localFailure;
        _origin.Unanswered.Remove(this);
        if (CallerToken.CanBeCanceled)
            _cancellation.Unregister();

        // Continuations of the caller must run neither in the callee's turn nor under anybody's lock.
        _origin.Scheduler.Schedule(this);
        return true;
    }

    /// <summary>
    /// A second delivery of the request, to be made before the first: it runs likewise, and its answer reaches nobody.
    /// For simulations.
    /// </summary>
    public GrainMessage Duplicate()
    {
        var copy = (GrainCall)MemberwiseClone();
        copy._isDuplicate = true;
        copy._cancellation = default;
        copy.NextUnanswered = copy.PreviousUnanswered = null;
        copy.UnansweredStripe = -1;
        return copy;
    }

    public void CancelCallee() => _calleeCancellation?.Cancel();

    void IThreadPoolWorkItem.Execute()
    {
        if (!_origin.IsKilled)
            Publish(_localFailure);
    }

    protected abstract void Publish(Exception? localFailure);

    protected void SendResponse()
    {
        _responded = true;
        if (!_isDuplicate)
            _origin.Delivery.Send(this);
    }

    private void OnCallerCancelled(CancellationToken token)
    {
        if (Complete(new OperationCanceledException(token)))
            _origin.Delivery.Send(new CancellationMessage(this));
    }

    public void SetTarget(ITargetHolder holder) => Grain = holder.GetTarget();

    public object? GetTarget() => Grain;

    public abstract ValueTask<Response> Invoke();

    public virtual int GetArgumentCount() => 0;

    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public virtual void SetArgument(int index, object value) => throw new ArgumentOutOfRangeException(nameof(index));

    public string GetMethodName() => Method.Name;

    public string GetInterfaceName() => Method.InterfaceName;

    public string GetActivityName() => $"{Method.Interface.Name}/{Method.Name}";

    public MethodInfo GetMethod() => Method.Method;

    public Type GetInterfaceType() => Method.Interface;

    public TimeSpan? GetDefaultResponseTimeout() => Method.ResponseTimeout;

    public CancellationToken GetCancellationToken() => CallerToken;

    public bool IsCancellable => _calleeCancellation is not null;

    public bool TryCancel()
    {
        CancelCallee();
        return IsCancellable;
    }

    public void Dispose()
    {
    }
}
