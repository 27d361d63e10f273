using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <content>The activation as its grain sees it.</content>
[SuppressMessage("Design", "CA1001", Justification = "What it owns ends with its life, in Activation.Life.cs.")]
internal sealed partial class Activation
{
    private IServiceScope? _scope;
    private Dictionary<Type, object>? _components;
    private GrainReference? _reference;

    public GrainReference GrainReference => _reference ??= Silo.References.Untyped(GrainId);

    /// <summary>Made on first use: many grains take nothing from it, and there may be millions of them.</summary>
    public IServiceProvider ActivationServices => (_scope ??= Silo.Services.CreateScope()).ServiceProvider;

    public IGrainLifecycle ObservableLifecycle => _lifecycle ??= new GrainLifecycle();

    public IWorkItemScheduler Scheduler => _scheduler;

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType)
    {
        if (componentType.IsInstanceOfType(GrainInstance))
            return GrainInstance;
        if (componentType.IsInstanceOfType(this))
            return this;
        if (componentType == typeof(IGrainRuntime))
            return Silo.GrainRuntime;
        if (_components is not null && _components.TryGetValue(componentType, out var component))
            return component;
        return ActivationServices.GetService(componentType);
    }

    public void SetComponent<TComponent>(TComponent? value) where TComponent : class
    {
        if (value is null)
            _components?.Remove(typeof(TComponent));
        else
            (_components ??= [])[typeof(TComponent)] = value;
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public override string ToString() => $"{GrainId} {_state}";
}
