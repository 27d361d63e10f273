using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Orleans.Embedded;

/// <summary>Copies a collection that is a reference, once per graph.</summary>
internal abstract class CollectionCopier<TCollection> : Copier<TCollection> where TCollection : class
{
    public sealed override TCollection Copy(TCollection value, CopyContext context)
    {
        if (value is null)
            return value!;
        if (context.TryGetCopy(value, out var known))
            return known;
        var copy = Empty(value);
        context.Record(value, copy);
        Fill(copy, value, context);
        return copy;
    }

    protected abstract TCollection Empty(TCollection original);

    protected abstract void Fill(TCollection copy, TCollection original, CopyContext context);
}

internal sealed class ArrayCopier<T> : CollectionCopier<T[]>
{
    private static readonly bool SharesElements = SharedTypes.Contains(typeof(T));

    protected override T[] Empty(T[] original) => original.Length == 0 ? original : new T[original.Length];

    protected override void Fill(T[] copy, T[] original, CopyContext context)
    {
        if (SharesElements)
        {
            original.CopyTo(copy, 0);
            return;
        }

        for (var i = 0; i < original.Length; i++)
            copy[i] = DeepCopy.Copy(original[i], context);
    }
}

internal sealed class ListCopier<T> : CollectionCopier<List<T>>
{
    private static readonly bool SharesElements = SharedTypes.Contains(typeof(T));

    protected override List<T> Empty(List<T> original) => new(original.Count);

    protected override void Fill(List<T> copy, List<T> original, CopyContext context)
    {
        if (SharesElements)
        {
            copy.AddRange(original);
            return;
        }

        foreach (var element in original)
            copy.Add(DeepCopy.Copy(element, context));
    }
}

internal sealed class DictionaryCopier<TKey, TValue> : CollectionCopier<Dictionary<TKey, TValue>> where TKey : notnull
{
    protected override Dictionary<TKey, TValue> Empty(Dictionary<TKey, TValue> original) =>
        new(original.Count, original.Comparer);

    protected override void Fill(Dictionary<TKey, TValue> copy, Dictionary<TKey, TValue> original, CopyContext context)
    {
        foreach (var (key, value) in original)
            copy[DeepCopy.Copy(key, context)] = DeepCopy.Copy(value, context);
    }
}

internal sealed class SortedDictionaryCopier<TKey, TValue> : CollectionCopier<SortedDictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override SortedDictionary<TKey, TValue> Empty(SortedDictionary<TKey, TValue> original) =>
        new(original.Comparer);

    protected override void Fill(
        SortedDictionary<TKey, TValue> copy, SortedDictionary<TKey, TValue> original, CopyContext context)
    {
        foreach (var (key, value) in original)
            copy[DeepCopy.Copy(key, context)] = DeepCopy.Copy(value, context);
    }
}

internal sealed class HashSetCopier<T> : CollectionCopier<HashSet<T>>
{
    protected override HashSet<T> Empty(HashSet<T> original) => new(original.Count, original.Comparer);

    protected override void Fill(HashSet<T> copy, HashSet<T> original, CopyContext context)
    {
        foreach (var element in original)
            copy.Add(DeepCopy.Copy(element, context));
    }
}

internal sealed class QueueCopier<T> : CollectionCopier<Queue<T>>
{
    protected override Queue<T> Empty(Queue<T> original) => new(original.Count);

    protected override void Fill(Queue<T> copy, Queue<T> original, CopyContext context)
    {
        foreach (var element in original)
            copy.Enqueue(DeepCopy.Copy(element, context));
    }
}

internal sealed class StackCopier<T> : CollectionCopier<Stack<T>>
{
    protected override Stack<T> Empty(Stack<T> original) => new(original.Count);

    protected override void Fill(Stack<T> copy, Stack<T> original, CopyContext context)
    {
        foreach (var element in original.Reverse())
            copy.Push(DeepCopy.Copy(element, context));
    }
}

internal sealed class ImmutableArrayCopier<T> : Copier<ImmutableArray<T>>
{
    public override ImmutableArray<T> Copy(ImmutableArray<T> value, CopyContext context) =>
        value.IsDefault ? value : ImmutableArray.CreateRange(value, element => DeepCopy.Copy(element, context));
}

internal sealed class ImmutableListCopier<T> : Copier<ImmutableList<T>>
{
    public override ImmutableList<T> Copy(ImmutableList<T> value, CopyContext context) =>
        value?.ConvertAll(element => DeepCopy.Copy(element, context))!;
}

internal sealed class ImmutableDictionaryCopier<TKey, TValue> : Copier<ImmutableDictionary<TKey, TValue>>
    where TKey : notnull
{
    public override ImmutableDictionary<TKey, TValue> Copy(
        ImmutableDictionary<TKey, TValue> value, CopyContext context) =>
        value?.ToImmutableDictionary(
            pair => DeepCopy.Copy(pair.Key, context),
            pair => DeepCopy.Copy(pair.Value, context),
            value.KeyComparer,
            value.ValueComparer)!;
}

internal sealed class NullableCopier<T> : Copier<T?> where T : struct
{
    public override T? Copy(T? value, CopyContext context) =>
        value.HasValue ? DeepCopy.Copy(value.GetValueOrDefault(), context) : null;
}

internal sealed class KeyValuePairCopier<TKey, TValue> : Copier<KeyValuePair<TKey, TValue>>
{
    public override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value, CopyContext context) =>
        new(DeepCopy.Copy(value.Key, context), DeepCopy.Copy(value.Value, context));
}

internal sealed class MemoryCopier : Copier<Memory<byte>>
{
    public override Memory<byte> Copy(Memory<byte> value, CopyContext context) => value.ToArray();
}

internal sealed class ReadOnlyMemoryCopier : Copier<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Copy(ReadOnlyMemory<byte> value, CopyContext context) => value.ToArray();
}

/// <summary>Copies a list of a type that nobody can name.</summary>
internal sealed class AsArrayCopier<TCollection, T> : Copier<TCollection> where TCollection : IReadOnlyList<T>
{
    public override TCollection Copy(TCollection value, CopyContext context) =>
        throw new NotSupportedException($"{typeof(TCollection)} is copied as an array.");

    public override object CopyObject(object value, CopyContext context) =>
        ((IReadOnlyList<T>)value).Select(element => DeepCopy.Copy(element, context)).ToArray();
}

/// <summary>Copies tuples through their fields; those of only shared values never come here.</summary>
internal sealed class TupleCopier<TTuple> : Copier<TTuple>
{
    private static readonly System.Reflection.ConstructorInvoker Make =
        System.Reflection.ConstructorInvoker.Create(
            typeof(TTuple).GetConstructor(typeof(TTuple).GetGenericArguments())!);

    public override TTuple Copy(TTuple value, CopyContext context)
    {
        if (value is not ITuple tuple)
            return value;
        var items = new object?[typeof(TTuple).GetGenericArguments().Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = tuple[i] is { } item
                ? Copier.ForRuntimeType(item.GetType()).CopyObject(item, context)
                : null;
        }

        return (TTuple)Make.Invoke(items.AsSpan());
    }
}
