using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>The grain classes of a silo, and which of them implements an interface.</summary>
internal sealed class GrainTable
{
    private static readonly ConcurrentDictionary<Assembly, GrainClass[]> Known = new();
    private readonly Dictionary<GrainType, GrainClass> _classes = [];
    private readonly ConcurrentDictionary<Type, GrainType> _byInterface = new();

    public GrainTable(IEnumerable<Assembly> assemblies)
    {
        var faults = new List<string>();
        foreach (var grainClass in assemblies.Distinct().SelectMany(ClassesIn))
        {
            if (!_classes.TryAdd(grainClass.GrainType, grainClass))
                faults.Add(
                    $"Grain type \"{grainClass.GrainType}\" is {_classes[grainClass.GrainType].Class} "
                    + $"and {grainClass.Class}.");
        }

        if (faults.Count > 0)
            throw new OrleansConfigurationException(string.Join(Environment.NewLine, faults));
    }

    /// <summary>Reflection and constructors once per process, however many silos start in it.</summary>
    private static GrainClass[] ClassesIn(Assembly assembly) => Known.GetOrAdd(
        assembly, static a => [.. a.GetTypes().Where(GrainClass.IsGrainClass).Select(type => new GrainClass(type))]);

    public GrainClass ClassOf(GrainType type) => _classes.TryGetValue(type, out var found)
        ? found
        : throw new ArgumentException($"No class of the grain assemblies has the grain type \"{type}\".");

    /// <summary>The implementing type; of several the one that the prefix or the interface's name selects.</summary>
    public GrainType TypeImplementing(Type interfaceType, string? classNamePrefix) =>
        string.IsNullOrWhiteSpace(classNamePrefix)
            ? _byInterface.TryGetValue(interfaceType, out var known) ? known
                : _byInterface.GetOrAdd(interfaceType, static (type, table) => table.Select(type), this)
            : Only(interfaceType, Implementing(interfaceType)
                .Where(c => c.Class.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal)));

    private GrainType Select(Type interfaceType)
    {
        var all = Implementing(interfaceType).ToList();
        var named = all.Where(c => c.Class.Name == interfaceType.Name[1..]).ToList();
        return Only(interfaceType, named.Count == 1 ? named : all);
    }

    private IEnumerable<GrainClass> Implementing(Type interfaceType) =>
        _classes.Values.Where(c => c.Class.IsAssignableTo(interfaceType));

    private static GrainType Only(Type interfaceType, IEnumerable<GrainClass> candidates)
    {
        var found = candidates.ToList();
        return found.Count switch
        {
            1 => found[0].GrainType,
            0 => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}."),
            _ => throw new ArgumentException(
                $"{interfaceType} is implemented by {string.Join(", ", found.Select(c => c.Class))}."),
        };
    }
}
