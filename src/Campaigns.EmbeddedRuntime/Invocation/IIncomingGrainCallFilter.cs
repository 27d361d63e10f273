using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <summary>
/// Sees every call that reaches a grain. Registered as a service it sees all, implemented by a grain its own.
/// </summary>
public interface IIncomingGrainCallFilter
{
    /// <summary>Must await <see cref="IGrainCallContext.Invoke"/> or set a result.</summary>
    Task Invoke(IIncomingGrainCallContext context);
}

/// <summary>A call on its way.</summary>
public interface IGrainCallContext
{
    IInvokable Request { get; }

    object Grain { get; }

    GrainId? SourceId { get; }

    GrainId TargetId { get; }

    GrainInterfaceType InterfaceType { get; }

    string InterfaceName { get; }

    string MethodName { get; }

    MethodInfo InterfaceMethod { get; }

    object? Result { get; set; }

    Response? Response { get; set; }

    /// <summary>Goes on to the next filter and at last to the grain; throws what they throw.</summary>
    Task Invoke();
}

/// <summary>A call that has arrived.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }

    MethodInfo ImplementationMethod { get; }
}

/// <summary>A filter as a delegate.</summary>
public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);
