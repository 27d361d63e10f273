using System.Collections.Concurrent;

namespace Campaigns.EmbeddedRuntime.Tests.Hosting;

/// <summary>
/// A barrier that grain code waits at until the test opens it. Found by name, as grains are made by the runtime.
/// </summary>
public sealed class Gate
{
    private static readonly ConcurrentDictionary<string, Gate> All = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _awaited;

    /// <summary>How many have come to the gate.</summary>
    public int Arrived => Volatile.Read(ref _count);

    public static Gate Named(string name) => All.GetOrAdd(name, _ => new Gate());

    /// <summary>For the grain: announces itself and waits.</summary>
    public Task Pass()
    {
        Interlocked.Increment(ref _count);
        return _opened.Task;
    }

    /// <summary>For the test: waits until one more has come.</summary>
    public Task Arrival()
    {
        var awaited = Interlocked.Increment(ref _awaited);
        return Bounds.Until(() => Arrived >= awaited);
    }

    public void Open() => _opened.TrySetResult();
}
