using System.Reflection;

namespace Orleans.Embedded;

/// <summary>A member that crosses calls: a field, or a property with accessors of its own.</summary>
internal sealed record WireMember(
    string Name, Type Type, uint? Id, FieldInfo? Field, PropertyInfo? Property, bool IsImmutable)
{
    public bool IsShared => IsImmutable || SharedTypes.Contains(Type);
}

/// <summary>Reads the members of a type, as its attributes number them.</summary>
internal static class WireMembers
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Roots = [typeof(object), typeof(ValueType), typeof(Exception)];

    /// <summary>The types that make up an object, the root first, without <see cref="object"/>.</summary>
    public static IEnumerable<Type> Hierarchy(Type type)
    {
        var chain = new Stack<Type>();
        for (var part = type; part is not null && !Roots.Contains(part); part = part.BaseType)
            chain.Push(part);
        return chain;
    }

    /// <summary>All state that <paramref name="type"/> itself declares, numbered or not.</summary>
    public static IEnumerable<WireMember> DeclaredBy(Type type)
    {
        var properties = type.GetProperties(Declared);
        foreach (var field in type.GetFields(Declared))
        {
            if (field.IsDefined(typeof(NonSerializedAttribute)))
                continue;
            var property = properties.FirstOrDefault(p => field.Name == $"<{p.Name}>k__BackingField");
            yield return new WireMember(
                property?.Name ?? field.Name,
                field.FieldType,
                IdOf(field) ?? (property is null ? null : IdOf(property) ?? IdOfParameter(type, property)),
                field,
                null,
                IsImmutable(field) || (property is not null && IsImmutable(property)));
        }

        foreach (var property in properties.Where(p => IdOf(p) is not null && !IsAutomatic(p)))
            yield return new WireMember(
                property.Name, property.PropertyType, IdOf(property), null, property, IsImmutable(property));
    }

    private static bool IsAutomatic(PropertyInfo property) =>
        property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", Declared) is not null;

    private static uint? IdOf(MemberInfo member) => member.GetCustomAttribute<IdAttribute>()?.Id;

    private static uint? IdOfParameter(Type type, PropertyInfo property) => type.GetConstructors(Declared)
        .SelectMany(c => c.GetParameters())
        .FirstOrDefault(p => p.Name == property.Name && p.IsDefined(typeof(IdAttribute)))
        ?.GetCustomAttribute<IdAttribute>()?.Id;

    private static bool IsImmutable(MemberInfo member) => member.IsDefined(typeof(ImmutableAttribute));
}
