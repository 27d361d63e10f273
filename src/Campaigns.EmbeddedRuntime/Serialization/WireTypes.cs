using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Embedded;

/// <summary>
/// Checks what crosses grain calls. In one process nearly anything would; between silos only what is declared: the same
/// contracts must work on both.
/// </summary>
public static class WireTypes
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> Checked = new();

    /// <summary>
    /// Every fault of the grain interfaces in <paramref name="assemblies"/>, of all types reachable from their methods,
    /// and of all exceptions, in a stable order. Empty when there is none.
    /// </summary>
    public static IReadOnlyList<string> Check(params IEnumerable<Assembly> assemblies)
    {
        var types = assemblies.Distinct().SelectMany(a => a.GetTypes()).Where(t => !IsGenerated(t)).ToList();
        var walk = new WireTypeWalk(types);
        foreach (var grainInterface in types.Where(GrainInterface.IsGrainInterface))
            walk.AddInterface(grainInterface);
        foreach (var exception in types.Where(t => t.IsAssignableTo(typeof(Exception)) && !t.IsAbstract))
            walk.Add(exception, "thrown");
        walk.AddAliases(types);
        return walk.Faults;
    }

    /// <summary>As <see cref="Check"/>, once per process for the same assemblies.</summary>
    internal static IReadOnlyList<string> CheckOnce(IEnumerable<Assembly> assemblies) => Checked.GetOrAdd(
        string.Join('\n', assemblies.Select(a => a.ManifestModule.ModuleVersionId)), _ => Check(assemblies));

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), false);
}
