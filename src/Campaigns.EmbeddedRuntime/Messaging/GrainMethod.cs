using System.Reflection;
using Orleans.CodeGeneration;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>What all calls of one interface method have in common.</summary>
internal sealed class GrainMethod
{
    public GrainMethod(MethodInfo method)
    {
        Method = method;
        Interface = method.DeclaringType!;
        InterfaceName = Interface.FullName!.Replace('+', '.');
        InterfaceType = GrainInterfaceType.Create(InterfaceName);
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        Options = OptionsOf(method);
        ResultType = ResultTypeOf(method.ReturnType);
        SharesResult = ResultType is null
            || method.ReturnParameter.IsDefined(typeof(ImmutableAttribute), false)
            || DeepCopy.IsShared(ResultType);
    }

    public MethodInfo Method { get; }

    public Type Interface { get; }

    public string InterfaceName { get; }

    public GrainInterfaceType InterfaceType { get; }

    public string Name => Method.Name;

    public InvokeMethodOptions Options { get; }

    public TimeSpan? ResponseTimeout { get; }

    /// <summary>The type inside of the task; null for a task without result.</summary>
    public Type? ResultType { get; }

    public bool SharesResult { get; }

    public bool IsOneWay => (Options & InvokeMethodOptions.OneWay) != 0;

    public override string ToString() => $"{InterfaceName}.{Name}";

    internal static bool IsAwaitable(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>)));

    private static Type? ResultTypeOf(Type awaitable) =>
        awaitable.IsGenericType ? awaitable.GetGenericArguments()[0] : null;

    private static InvokeMethodOptions OptionsOf(MethodInfo method)
    {
        var options = InvokeMethodOptions.None;
        if (method.IsDefined(typeof(OneWayAttribute)))
            options |= InvokeMethodOptions.OneWay;
        if (method.IsDefined(typeof(ReadOnlyAttribute)))
            options |= InvokeMethodOptions.ReadOnly;
        if (method.IsDefined(typeof(AlwaysInterleaveAttribute)))
            options |= InvokeMethodOptions.AlwaysInterleave;
        return options;
    }
}
