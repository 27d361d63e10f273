using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Embedded;

/// <summary>What the attributes and the constructor of a grain class say.</summary>
internal sealed class GrainClass
{
    private readonly ConstructorInvoker _constructor;
    private readonly Func<Activation, object?>[] _arguments;

    public GrainClass(Type type)
    {
        Class = type;
        GrainType = GrainType.Create(
            type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? ConventionalName(type));
        IsFilter = type.IsAssignableTo(typeof(IIncomingGrainCallFilter));
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        MayInterleave = PredicateOf(type);
        CollectionAge = AgeOf(type);
        var constructor = ConstructorOf(type);
        _constructor = ConstructorInvoker.Create(constructor);
        _arguments = [.. constructor.GetParameters().Select(GrainArguments.For)];
    }

    public Type Class { get; }

    public GrainType GrainType { get; }

    public bool IsFilter { get; }

    /// <summary>How many activations one id may have; zero for ordinary grains, which have one.</summary>
    public int MaxWorkers { get; }

    /// <summary>Whether a call may run amid others; null for classes that let nothing in.</summary>
    public Func<object, IInvokable, bool>? MayInterleave { get; }

    /// <summary>The class's own idle age; null for the silo's.</summary>
    public TimeSpan? CollectionAge { get; }

    public static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && type.IsAssignableTo(typeof(IGrainBase))
        && type.GetInterfaces().Any(GrainInterface.IsGrainInterface);

    public object Create(Activation activation)
    {
        if (_arguments.Length == 0)
            return _constructor.Invoke();
        var values = new object?[_arguments.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = _arguments[i](activation);
        return _constructor.Invoke(values.AsSpan());
    }

    private static string ConventionalName(Type type)
    {
#pragma warning disable CA1308 // Orleans' own convention is lower case.
        var name = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }

    private static ConstructorInfo ConstructorOf(Type type)
    {
        var constructors = type.GetConstructors();
        var preferred = constructors.Where(c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute), true))
            .ToArray();
        return preferred.Concat(constructors.OrderByDescending(c => c.GetParameters().Length)).FirstOrDefault()
            ?? throw new OrleansConfigurationException($"Grain class {type.FullName} has no public constructor.");
    }

    private static TimeSpan? AgeOf(Type type)
    {
        if (type.IsDefined(typeof(KeepAliveAttribute)))
            return Timeout.InfiniteTimeSpan;
        return type.GetCustomAttribute<CollectionAgeLimitAttribute>() is not { } limit ? null
            : limit.AlwaysActive ? Timeout.InfiniteTimeSpan
            : limit.AgeLimit;
    }

    private static Func<object, IInvokable, bool>? PredicateOf(Type type)
    {
        if (type.IsDefined(typeof(ReentrantAttribute)))
            return static (_, _) => true;
        if (type.GetCustomAttribute<MayInterleaveAttribute>() is not { } attribute)
            return null;
        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy;
        var method = type.GetMethod(attribute.CallbackMethodName, Any, [typeof(IInvokable)]);
        if (method is null || method.ReturnType != typeof(bool))
            throw new OrleansConfigurationException(
                $"{type.FullName} lacks bool {attribute.CallbackMethodName}(IInvokable).");
        if (method.IsStatic)
        {
            var predicate = method.CreateDelegate<Func<IInvokable, bool>>();
            return (_, request) => predicate(request);
        }

        var invoker = MethodInvoker.Create(method);
        return (grain, request) => (bool)invoker.Invoke(grain, request)!;
    }
}
