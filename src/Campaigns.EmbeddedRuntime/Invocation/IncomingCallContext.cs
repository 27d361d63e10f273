using System.Reflection;
using System.Runtime.ExceptionServices;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Embedded;

/// <summary>Leads a call through the silo's filters, then the grain's own, to its method.</summary>
internal sealed class IncomingCallContext(GrainCall call, Activation activation) : IIncomingGrainCallContext
{
    private readonly IIncomingGrainCallFilter[] _filters = activation.Silo.IncomingFilters;
    private int _stage;

    public IInvokable Request => call;

    public object Grain => activation.GrainInstance!;

    public GrainId? SourceId => call.Caller;

    public GrainId TargetId => activation.GrainId;

    public IGrainContext TargetContext => activation;

    public GrainInterfaceType InterfaceType => call.Method.InterfaceType;

    public string InterfaceName => call.Method.InterfaceName;

    public string MethodName => call.Method.Name;

    public MethodInfo InterfaceMethod => call.Method.Method;

    public MethodInfo ImplementationMethod
    {
        get
        {
            if (!call.Method.Interface.IsInstanceOfType(Grain))
                return InterfaceMethod;
            var map = Grain.GetType().GetInterfaceMap(call.Method.Interface);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, call.Method.Method)];
        }
    }

    public Response? Response { get; set; }

    public object? Result
    {
        get => Response is { Exception: null } response ? response.Result : null;
        set => Response = Response.FromResult(value);
    }

    public async Task Invoke()
    {
        var stage = _stage++;
        try
        {
            if (stage < _filters.Length)
                await Pass(_filters[stage]);
            else if (stage == _filters.Length && Grain is IIncomingGrainCallFilter own)
                await Pass(own);
            else if (stage <= _filters.Length + 1)
                await InvokeGrain();
            else
                throw new InvalidOperationException("A filter went on more often than there are filters.");
        }
        finally
        {
            _stage--;
        }
    }

    private async Task Pass(IIncomingGrainCallFilter filter)
    {
        await filter.Invoke(this);
        if (Response is null)
            throw new InvalidOperationException($"{filter.GetType()} neither went on nor set a result.");
    }

    private async Task InvokeGrain()
    {
        Response = await call.Invoke();

        // Thrown, so that filters on the way back can catch it.
        if (Response.Exception is { } exception)
            ExceptionDispatchInfo.Throw(exception);
    }
}
