using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>Makes the states that grains ask for, and has them read before activation.</summary>
internal static class PersistentStates
{
    public const string DefaultStore = "Default";

    public static Func<Activation, object?> FactoryFor(ParameterInfo parameter, PersistentStateAttribute attribute)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new OrleansConfigurationException(
                $"{parameter.Member.DeclaringType}: {parameter.Name} is no IPersistentState.");
        return typeof(PersistentStates).GetMethod(nameof(Create), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments())
            .CreateDelegate<Func<IPersistentStateConfiguration, Activation, object>>()
            .Bind(attribute);
    }

    public static IStorage<TState> Of<TState>(IGrainContext context, string name, string? store) =>
        new PersistentState<TState>(name, context.GrainId, StoreNamed(context, store));

    private static PersistentState<TState> Create<TState>(
        IPersistentStateConfiguration configuration, Activation activation)
    {
        var store = StoreNamed(activation, configuration.StorageName);
        var state = new PersistentState<TState>(configuration.StateName, activation.GrainId, store);
        activation.ObservableLifecycle.Subscribe(configuration.StateName, GrainLifecycleStage.SetupState, state);
        return state;
    }

    private static Func<Activation, object?> Bind(
        this Func<IPersistentStateConfiguration, Activation, object> create,
            IPersistentStateConfiguration configuration) =>
        activation => create(configuration, activation);

    private static IGrainStorage StoreNamed(IGrainContext context, string? name) =>
        context.ActivationServices.GetKeyedService<IGrainStorage>(name ?? DefaultStore)
        ?? throw new BadProviderConfigException(
            $"No grain storage named \"{name ?? DefaultStore}\", wanted by {context.GrainId}.");
}
