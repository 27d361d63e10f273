using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>An activation as its grain sees it.</summary>
public interface IGrainContext : ITargetHolder, IEquatable<IGrainContext>
{
    GrainReference GrainReference { get; }

    GrainId GrainId { get; }

    object? GrainInstance { get; }

    /// <summary>The activation's own scope of services.</summary>
    IServiceProvider ActivationServices { get; }

    IGrainLifecycle ObservableLifecycle { get; }

    IWorkItemScheduler Scheduler { get; }

    /// <summary>Completes when the activation has ended.</summary>
    Task Deactivated { get; }

    void SetComponent<TComponent>(TComponent? value) where TComponent : class;

    /// <summary>Begins the end: no new call starts, running calls finish, then the grain is told.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>Queues work as turns of an activation.</summary>
public interface IWorkItemScheduler
{
    void QueueAction(Action action);

    void QueueAction(Action<object> action, object state);

    void QueueTask(Task task);
}

/// <summary>The context of the code that runs now.</summary>
public interface IGrainContextAccessor
{
    /// <summary>The activation whose turn runs; throws outside of grains.</summary>
    IGrainContext GrainContext { get; }
}

/// <summary>Finds the parts that an activation holds.</summary>
public static class TargetHolderExtensions
{
    public static TComponent? GetComponent<TComponent>(this ITargetHolder targetHolder) where TComponent : class =>
        targetHolder.GetComponent(typeof(TComponent)) as TComponent;
}
