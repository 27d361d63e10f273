namespace Orleans.Concurrency;

/// <summary>
/// Calls of the marked interface method run at once, interleaved with anything else of the activation.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;

/// <summary>The caller does not wait for the marked interface method, nor learns whether it failed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;

/// <summary>Calls of interface methods so marked may interleave with each other.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

/// <summary>All calls to grains of the marked class may interleave wherever the code awaits.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;

/// <summary>
/// Names a method of the grain class, <c>bool Name(IInvokable request)</c>, that says which calls may interleave.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayInterleaveAttribute(string callbackMethodName) : Attribute
{
    internal string CallbackMethodName { get; } = callbackMethodName;
}
