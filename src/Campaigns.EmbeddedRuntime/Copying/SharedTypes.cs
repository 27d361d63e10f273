using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;

namespace Orleans.Embedded;

/// <summary>Knows which types' values are shared between caller and callee: the same as in Orleans.</summary>
internal static class SharedTypes
{
    private static readonly ConcurrentDictionary<Type, bool> Known = new(new Dictionary<Type, bool>
    {
        [typeof(string)] = true,
        [typeof(decimal)] = true,
        [typeof(DateTime)] = true,
        [typeof(DateTimeOffset)] = true,
        [typeof(DateOnly)] = true,
        [typeof(TimeOnly)] = true,
        [typeof(TimeSpan)] = true,
        [typeof(Guid)] = true,
        [typeof(Int128)] = true,
        [typeof(UInt128)] = true,
        [typeof(Half)] = true,
        [typeof(BigInteger)] = true,
        [typeof(CancellationToken)] = true,
        [typeof(BitVector32)] = true,
        [typeof(CultureInfo)] = true,
        [typeof(CompareInfo)] = true,
        [typeof(Version)] = true,
        [typeof(Uri)] = true,
        [typeof(IPAddress)] = true,
        [typeof(IPEndPoint)] = true,
    });

    private static readonly HashSet<Type> ImmutableContainers =
    [
        typeof(Nullable<>), typeof(KeyValuePair<,>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>),
        typeof(Tuple<,,,,,>), typeof(Tuple<,,,,,,>), typeof(Tuple<,,,,,,,>),
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>),
        typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>), typeof(ImmutableDictionary<,>),
        typeof(ImmutableSortedDictionary<,>), typeof(FrozenSet<>), typeof(FrozenDictionary<,>),
    ];

    public static bool Contains(Type type)
    {
        if (Known.TryGetValue(type, out var shared))
            return shared;
        return Known[type] = Decide(type);
    }

    public static bool IsImmutableContainer(Type type) =>
        type.IsConstructedGenericType && ImmutableContainers.Contains(type.GetGenericTypeDefinition());

    private static bool Decide(Type type)
    {
        if (type.IsPrimitive || type.IsEnum)
            return true;
        if (type.IsSealed && type.IsDefined(typeof(ImmutableAttribute), false))
            return true;
        if (IsImmutableContainer(type))
            return type.GenericTypeArguments.All(Contains);
        if (IsMemory(type))
            return false;
        if (type.IsValueType && !type.IsGenericTypeDefinition)
            return FieldsOf(type).All(field => Contains(field.FieldType));
        return type.IsAssignableTo(typeof(Exception)) || type.IsAssignableTo(typeof(Type));
    }

    private static bool IsMemory(Type type) =>
        type.IsConstructedGenericType && type.GetGenericTypeDefinition() is var open
        && (open == typeof(Memory<>) || open == typeof(ReadOnlyMemory<>));

    private static FieldInfo[] FieldsOf(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
}
