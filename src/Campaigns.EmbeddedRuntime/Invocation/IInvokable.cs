using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>Holds the object that a request is invoked on.</summary>
public interface ITargetHolder
{
    object? GetTarget();

    object? GetComponent(Type componentType);
}

/// <summary>A request: a method, its arguments and, once set, its target.</summary>
public interface IInvokable : IDisposable
{
    object? GetTarget();

    void SetTarget(ITargetHolder holder);

    ValueTask<Response> Invoke();

    int GetArgumentCount();

    object? GetArgument(int index);

    void SetArgument(int index, object value);

    string GetMethodName();

    string GetInterfaceName();

    string GetActivityName();

    MethodInfo GetMethod();

    Type GetInterfaceType();

    TimeSpan? GetDefaultResponseTimeout() => default;

    CancellationToken GetCancellationToken() => default;

    bool TryCancel() => false;

    bool IsCancellable => false;
}
