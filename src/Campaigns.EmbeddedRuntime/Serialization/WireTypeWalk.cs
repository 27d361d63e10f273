using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// Follows types from the methods of grain interfaces to everything that they carry, and notes each fault once.
/// </summary>
internal sealed class WireTypeWalk(IReadOnlyList<Type> assemblyTypes)
{
    private readonly SortedSet<string> _faults = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _seen = [];

    public IReadOnlyList<string> Faults => [.. _faults];

    public void AddInterface(Type grainInterface)
    {
        RequireAlias(grainInterface);
        foreach (var method in GrainInterface.MethodsOf(grainInterface))
            AddMethod(method);
        var clashes = grainInterface.GetMethods()
            .SelectMany(m => m.GetCustomAttributes<AliasAttribute>())
            .GroupBy(a => a.Alias).Where(g => g.Count() > 1);
        foreach (var clash in clashes)
            _faults.Add($"{grainInterface.FullName}: two methods have the alias \"{clash.Key}\".");
    }

    public void Add(Type type, string from)
    {
        if (!_seen.Add(type) || IsLeaf(type))
            return;
        if (type.IsSZArray)
            Add(type.GetElementType()!, from);
        else if (SharedTypes.IsImmutableContainer(type)
            || CopierFactory.IsCollection(type) || IsCollectionInterface(type))
            Array.ForEach(type.GetGenericArguments(), argument => Add(argument, from));
        else if (type == typeof(object))
            _faults.Add($"{from}: a bare object carries nothing.");
        else if (type.IsAbstract || type.IsInterface)
            AddImplementations(type, from);
        else
            AddDeclared(type, from);
    }

    public void AddAliases(IEnumerable<Type> types)
    {
        var byAlias = types.SelectMany(
            t => t.GetCustomAttributes<AliasAttribute>(false).Select(a => (a.Alias, Type: t)));
        foreach (var clash in byAlias.GroupBy(pair => pair.Alias, StringComparer.Ordinal).Where(g => g.Count() > 1))
            _faults.Add($"The alias \"{clash.Key}\" names {string.Join(" and ", clash.Select(c => c.Type.FullName))}.");
    }

    private static bool IsLeaf(Type type) =>
        type.IsEnum
        || type.IsAssignableTo(typeof(IAddressable))
        || (type.Namespace is "System" or "System.Numerics" or "System.Net"
                or "System.Globalization" or "System.Threading"
            && !type.IsConstructedGenericType && SharedTypes.Contains(type))
        || type.Assembly == typeof(WireTypes).Assembly && type.IsDefined(typeof(GenerateSerializerAttribute), false)
            && !type.IsConstructedGenericType;

    private static bool IsCollectionInterface(Type type)
    {
        if (!type.IsInterface || !type.IsConstructedGenericType)
            return false;
        var open = type.GetGenericTypeDefinition();
        return open == typeof(IEnumerable<>) || open == typeof(ICollection<>) || open == typeof(IReadOnlyCollection<>)
            || open == typeof(IList<>) || open == typeof(IReadOnlyList<>)
            || open == typeof(ISet<>) || open == typeof(IReadOnlySet<>)
            || open == typeof(IDictionary<,>) || open == typeof(IReadOnlyDictionary<,>);
    }

    private void AddMethod(MethodInfo method)
    {
        var name = $"{method.DeclaringType!.FullName}.{method.Name}";
        if (method.IsSpecialName || method.IsGenericMethod)
        {
            _faults.Add(method.IsSpecialName
                ? $"{name}: grain interfaces have methods only."
                : $"{name}: generic methods are not supported.");
            return;
        }

        if (!GrainMethod.IsAwaitable(method.ReturnType))
            _faults.Add($"{name}: returns {method.ReturnType}, not a Task or ValueTask.");
        else if (method.ReturnType.IsGenericType)
            Add(method.ReturnType.GetGenericArguments()[0], name);

        var parameters = method.GetParameters();
        if (parameters.Count(p => p.ParameterType == typeof(CancellationToken)) > 1)
            _faults.Add($"{name}: has two cancellation tokens.");
        foreach (var parameter in parameters)
        {
            if (parameter.ParameterType.IsByRef)
                _faults.Add($"{name}: parameter {parameter.Name} is by reference.");
            else
                Add(parameter.ParameterType, name);
        }
    }

    private void AddImplementations(Type type, string from)
    {
        if (type.IsAbstract && !type.IsInterface)
            CheckMembers(type);
        var implementations = assemblyTypes.Where(t => !t.IsAbstract && !t.IsInterface && t.IsAssignableTo(type))
            .ToList();
        if (implementations.Count == 0)
            _faults.Add($"{from}: nothing in the grain assemblies implements {type.FullName}.");
        foreach (var implementation in implementations)
            Add(implementation, type.FullName!);
    }

    private void AddDeclared(Type type, string from)
    {
        if (type.IsConstructedGenericType)
            Array.ForEach(type.GetGenericArguments(), argument => Add(argument, from));
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), false))
        {
            _faults.Add($"{type.FullName}: lacks [GenerateSerializer], reached from {from}.");
            return;
        }

        if (type.Assembly != typeof(WireTypes).Assembly)
            RequireAlias(type);
        foreach (var part in WireMembers.Hierarchy(type))
            CheckMembers(part);
        foreach (var derived in assemblyTypes.Where(t => t != type && !t.IsAbstract && t.IsAssignableTo(type)))
            Add(derived, type.FullName!);
    }

    private void CheckMembers(Type type)
    {
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), false))
        {
            _faults.Add($"{type.FullName}: lacks [GenerateSerializer], base of what crosses calls.");
            return;
        }

        var members = WireMembers.DeclaredBy(type).ToList();
        foreach (var member in members)
        {
            if (member.Id is null)
                _faults.Add($"{type.FullName}.{member.Name}: lacks [Id] or [NonSerialized].");
            else
                Add(member.Type, $"{type.FullName}.{member.Name}");
        }

        foreach (var clash in members.Where(m => m.Id is not null).GroupBy(m => m.Id).Where(g => g.Count() > 1))
            _faults.Add(
                $"{type.FullName}: {string.Join(" and ", clash.Select(m => m.Name))} have the same [Id({clash.Key})].");
    }

    private void RequireAlias(Type type)
    {
        if (!type.IsDefined(typeof(AliasAttribute), false))
            _faults.Add($"{type.FullName}: lacks [Alias].");
    }
}
