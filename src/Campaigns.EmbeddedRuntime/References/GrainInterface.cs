using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>A grain interface: how references to it are made. The rest is in its generated class.</summary>
internal sealed class GrainInterface(Type type)
{
    private readonly Lazy<Func<EmbeddedSilo, GrainInterfaceType, GrainId, GrainReference>> _make =
        new(() => ReferenceEmitter.Emit(type));

    public Type Interface { get; } = type;

    public GrainInterfaceType InterfaceType { get; } = GrainInterfaceType.Create(type.FullName!.Replace('+', '.'));

    public static bool IsGrainInterface(Type type) =>
        type is { IsInterface: true, ContainsGenericParameters: false }
        && type.IsAssignableTo(typeof(IAddressable))
        && type != typeof(IAddressable) && type != typeof(IGrain) && type != typeof(IGrainWithStringKey);

    /// <summary>The methods that a reference must have: those of the interface and of all that it extends.</summary>
    public static IEnumerable<MethodInfo> MethodsOf(Type type) =>
        type.GetInterfaces().Prepend(type).SelectMany(
            i => i.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.NonPublic));

    public GrainReference Make(EmbeddedSilo silo, GrainId id) => _make.Value(silo, InterfaceType, id);
}
