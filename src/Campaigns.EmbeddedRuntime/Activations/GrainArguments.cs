using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Where the constructor arguments of grains come from.</summary>
internal static class GrainArguments
{
    public static Func<Activation, object?> For(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(IGrainContext))
            return static activation => activation;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
            return PersistentStates.FactoryFor(parameter, state);
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return activation => activation.ActivationServices.GetRequiredKeyedService(type, keyed.Key);
        if (!parameter.HasDefaultValue)
            return activation => activation.ActivationServices.GetRequiredService(type);
        var otherwise = parameter.DefaultValue;
        return activation => activation.ActivationServices.GetService(type) ?? otherwise;
    }
}
