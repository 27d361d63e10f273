using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Serialization;

namespace Orleans.Embedded;

/// <summary>Copies values whose type is known only when they come.</summary>
internal abstract class Copier
{
    private static readonly ConcurrentDictionary<Type, Copier> ByRuntimeType = new();

    public abstract object CopyObject(object value, CopyContext context);

    /// <summary>The copier of objects whose exact type is <paramref name="type"/>.</summary>
    public static Copier ForRuntimeType(Type type) => ByRuntimeType.GetOrAdd(type, static t =>
        (Copier)typeof(CopierFactory).GetMethod(nameof(CopierFactory.Exact), BindingFlags.Public | BindingFlags.Static)!
            .MakeGenericMethod(t).Invoke(null, null)!);
}

/// <summary>Copies values of one declared type.</summary>
internal abstract class Copier<T> : Copier
{
    public abstract T Copy(T value, CopyContext context);

    public override object CopyObject(object value, CopyContext context) => Copy((T)value, context)!;
}

/// <summary>The copier of a declared type, made on first use.</summary>
internal static class CopierOf<T>
{
    public static readonly Copier<T> Instance = CopierFactory.Declared<T>();
}

/// <summary>Hands the value over as it is.</summary>
internal sealed class SharingCopier<T> : Copier<T>
{
    public override T Copy(T value, CopyContext context) => value;
}

/// <summary>Copies by the type that the value turns out to have.</summary>
internal sealed class PolymorphicCopier<T> : Copier<T>
{
    public override T Copy(T value, CopyContext context) =>
        value is null ? value : (T)Copier.ForRuntimeType(value.GetType()).CopyObject(value, context);
}

/// <summary>Refuses values that have no agreed form on the wire.</summary>
internal sealed class RefusingCopier<T>(string reason) : Copier<T>
{
    public override T Copy(T value, CopyContext context) =>
        value is null ? value : throw new CodecNotFoundException($"{typeof(T)} does not cross grain calls: {reason}");
}

/// <summary>Copies objects and values member by member; their shape is known to <see cref="MemberCopy{T}"/>.</summary>
internal sealed class ObjectCopier<T> : Copier<T> where T : class
{
    private readonly MemberCopy<T> _copyMembers = MemberCopy.Compile<T>();
    private readonly Func<T> _make = MemberCopy.CompileMaker<T>();

    public override T Copy(T value, CopyContext context)
    {
        if (value is null)
            return value!;
        if (context.TryGetCopy(value, out var copy))
            return copy;
        copy = _make();
        context.Record(value, copy);
        _copyMembers(ref value, ref copy, context);
        return copy;
    }
}

/// <summary>Copies values of a struct member by member.</summary>
internal sealed class StructCopier<T> : Copier<T> where T : struct
{
    private readonly MemberCopy<T> _copyMembers = MemberCopy.Compile<T>();

    public override T Copy(T value, CopyContext context)
    {
        var copy = default(T);
        _copyMembers(ref value, ref copy, context);
        return copy;
    }
}
