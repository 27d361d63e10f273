using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Makes the references of a silo.</summary>
internal sealed class GrainReferences(EmbeddedSilo silo)
{
    private static readonly ConcurrentDictionary<Type, GrainInterface> Interfaces = new();

    public GrainReference Create(Type interfaceType, GrainId id) => InterfaceOf(interfaceType).Make(silo, id);

    public GrainReference Untyped(GrainId id) => new(silo, default, id);

    public static GrainInterface InterfaceOf(Type type) =>
        Interfaces.TryGetValue(type, out var known) ? known : Interfaces.GetOrAdd(type, static t =>
            t.IsInterface && t.IsAssignableTo(typeof(IAddressable))
                ? new GrainInterface(t)
                : throw new ArgumentException($"{t} is not a grain interface."));
}
