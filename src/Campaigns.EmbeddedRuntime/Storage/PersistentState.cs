using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>
/// A grain's state in a store. Operations run one after another, in the order in which they were asked for.
/// </summary>
internal sealed class PersistentState<TState>(string name, GrainId grainId, IGrainStorage store)
    : IPersistentState<TState>, ILifecycleObserver
{
    private readonly GrainState<TState> _stored = new(Fresh());
    private Task _last = Task.CompletedTask;

    public TState State
    {
        get => _stored.State!;
        set => _stored.State = value;
    }

    public string? Etag => _stored.ETag;

    public bool RecordExists => _stored.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) =>
        _last = After(_last, () => store.ReadStateAsync(name, grainId, _stored, cancellationToken));

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        _last = After(_last, () => store.WriteStateAsync(name, grainId, _stored, cancellationToken));

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ClearStateAsync(CancellationToken cancellationToken) => _last = After(_last, async () =>
    {
        await store.ClearStateAsync(name, grainId, _stored, cancellationToken);
        _stored.State = Fresh();
    });

    Task ILifecycleObserver.OnStart(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    Task ILifecycleObserver.OnStop(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task After(Task previous, Func<Task> operation)
    {
        if (!previous.IsCompleted)
            await Task.WhenAny(previous);
        await operation();
    }

    private static TState Fresh()
    {
        var type = typeof(TState);
        if (type.IsValueType || type == typeof(string) || type.IsArray)
            return default!;
        return type.GetConstructor(Type.EmptyTypes) is not null
            ? Activator.CreateInstance<TState>()
            : (TState)RuntimeHelpers.GetUninitializedObject(type);
    }
}
