using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Chooses how a type is copied.</summary>
internal static class CopierFactory
{
    private static readonly Dictionary<Type, Type> Collections = new()
    {
        [typeof(List<>)] = typeof(ListCopier<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCopier<,>),
        [typeof(SortedDictionary<,>)] = typeof(SortedDictionaryCopier<,>),
        [typeof(HashSet<>)] = typeof(HashSetCopier<>),
        [typeof(Queue<>)] = typeof(QueueCopier<>),
        [typeof(Stack<>)] = typeof(StackCopier<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCopier<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCopier<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCopier<,>),
        [typeof(Nullable<>)] = typeof(NullableCopier<>),
        [typeof(KeyValuePair<,>)] = typeof(KeyValuePairCopier<,>),
    };

    /// <summary>Whether values of the generic type or array are copied element by element.</summary>
    public static bool IsCollection(Type type) =>
        type.IsSZArray
        || type == typeof(Memory<byte>) || type == typeof(ReadOnlyMemory<byte>)
        || IsTuple(type)
        || (type.IsConstructedGenericType && Collections.ContainsKey(type.GetGenericTypeDefinition()));

    /// <summary>The copier of members, arguments and results declared as <typeparamref name="T"/>.</summary>
    public static Copier<T> Declared<T>()
    {
        var type = typeof(T);
        var mayVary = !type.IsValueType && !type.IsSealed;
        return mayVary && !SharedTypes.Contains(type) ? new PolymorphicCopier<T>() : (Copier<T>)Exact<T>();
    }

    /// <summary>The copier of values whose type is exactly <typeparamref name="T"/>.</summary>
    public static Copier Exact<T>()
    {
        var type = typeof(T);
        if (SharedTypes.Contains(type)
            || type.IsDefined(typeof(ImmutableAttribute), false)
            || type.IsAssignableTo(typeof(GrainReference)))
            return new SharingCopier<T>();
        if (type == typeof(object))
            return new RefusingCopier<T>("a bare object carries nothing.");
        if (type.IsAssignableTo(typeof(IGrainBase)))
            return new RefusingCopier<T>("it is a grain; pass this.AsReference<...>() instead.");
        return OfCollection<T>() ?? OfMembers<T>();
    }

    private static Copier? OfCollection<T>()
    {
        var type = typeof(T);
        if (type.IsSZArray)
            return Make(typeof(ArrayCopier<>), type.GetElementType()!);
        if (type == typeof(Memory<byte>))
            return new MemoryCopier();
        if (type == typeof(ReadOnlyMemory<byte>))
            return new ReadOnlyMemoryCopier();
        if (IsTuple(type))
            return (Copier)Activator.CreateInstance(typeof(TupleCopier<>).MakeGenericType(type))!;
        return type.IsConstructedGenericType && Collections.TryGetValue(type.GetGenericTypeDefinition(), out var copier)
            ? Make(copier, type.GetGenericArguments())
            : OfUnknownCollection<T>();
    }

    /// <summary>Compilers make nameless list types for collection expressions; to callees they are lists.</summary>
    private static Copier? OfUnknownCollection<T>()
    {
        var type = typeof(T);
        if (type.IsDefined(typeof(GenerateSerializerAttribute), false))
            return null;
        var list = type.GetInterfaces().FirstOrDefault(
            i => i.IsConstructedGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyList<>));
        return list is null || type.IsVisible
            ? null
            : (Copier)Activator.CreateInstance(
                typeof(AsArrayCopier<,>).MakeGenericType(type, list.GetGenericArguments()[0]))!;
    }

    private static Copier OfMembers<T>()
    {
        var type = typeof(T);
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), false))
            return new RefusingCopier<T>("it lacks [GenerateSerializer].");
        return Make(type.IsValueType ? typeof(StructCopier<>) : typeof(ObjectCopier<>), type);
    }

    private static bool IsTuple(Type type) =>
        type.IsConstructedGenericType && type.IsAssignableTo(typeof(System.Runtime.CompilerServices.ITuple));

    private static Copier Make(Type open, params Type[] arguments) =>
        (Copier)Activator.CreateInstance(open.MakeGenericType(arguments))!;
}
