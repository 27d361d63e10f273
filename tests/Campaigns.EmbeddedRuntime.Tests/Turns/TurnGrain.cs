using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Turns;

[Alias("test.ITurns")]
public interface ITurns : IGrainWithStringKey
{
    /// <summary>Waits at the gate of this name.</summary>
    Task Wait(string gate);

    Task<int> Touch();

    [AlwaysInterleave]
    Task<int> TouchAlways();

    [ReadOnly]
    Task ReadAndWait(string gate);

    [ReadOnly]
    Task<int> Read();

    Task<int> CallBack(string otherKey);

    Task<int> CallBackAllowed(string otherKey);

    Task<int> TouchOther(string key);

    Task<bool> SeesMarker();

    Task<string> WhereTasksRun();
}

[Alias("test.IReentrantTurns")]
public interface IReentrantTurns : IGrainWithStringKey
{
    Task Wait(string gate);

    Task<int> Touch();

    Task Count(int steps);

    Task<(long Counted, int Overlaps)> Counts();
}

[Alias("test.IPickyTurns")]
public interface IPickyTurns : IGrainWithStringKey
{
    Task Wait(string gate);

    Task<int> TouchIfLetIn();

    Task<int> Touch();
}

public sealed class TurnGrain : Grain, ITurns
{
    private int _touches;

    public Task Wait(string gate) => Gate.Named(gate).Pass();

    public Task<int> Touch() => Task.FromResult(++_touches);

    public Task<int> TouchAlways() => Touch();

    public Task ReadAndWait(string gate) => Gate.Named(gate).Pass();

    public Task<int> Read() => Task.FromResult(_touches);

    public Task<int> CallBack(string otherKey) => Other(otherKey).TouchOther(this.GetPrimaryKeyString());

    public async Task<int> CallBackAllowed(string otherKey)
    {
        using (RequestContext.AllowCallChainReentrancy())
            return await Other(otherKey).TouchOther(this.GetPrimaryKeyString());
    }

    public Task<int> TouchOther(string key) => Other(key).Touch();

    public Task<bool> SeesMarker() => Task.FromResult(SynchronousSection.Marked);

    public async Task<string> WhereTasksRun()
    {
        var own = TaskScheduler.Current;
        var started = await Task.Factory.StartNew(
            () => TaskScheduler.Current == own, CancellationToken.None, TaskCreationOptions.None,
                TaskScheduler.Current);
        var escaped = await Task.Run(() => TaskScheduler.Current == own);
        return $"started {started}, escaped {!escaped}, back {TaskScheduler.Current == own}";
    }

    private ITurns Other(string key) => GrainFactory.GetGrain<ITurns>(key);
}

/// <summary>Counts how many pieces of its code run at once: never more than one, or the turn is broken.</summary>
[Reentrant]
public sealed class ReentrantTurnGrain : Grain, IReentrantTurns
{
    private int _touches;
    private long _counted;
    private int _inside;
    private int _overlaps;

    public Task Wait(string gate) => Gate.Named(gate).Pass();

    public Task<int> Touch() => Task.FromResult(++_touches);

    public async Task Count(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            if (Interlocked.Increment(ref _inside) != 1)
                _overlaps++;
            var seen = _counted;
            Thread.SpinWait(20);
            _counted = seen + 1;
            Interlocked.Decrement(ref _inside);
            await Task.Yield();
        }
    }

    public Task<(long Counted, int Overlaps)> Counts() => Task.FromResult((_counted, _overlaps));
}

[MayInterleave(nameof(LetsIn))]
public sealed class PickyTurnGrain : Grain, IPickyTurns
{
    private int _touches;

    public static bool LetsIn(Orleans.Serialization.Invocation.IInvokable request) =>
        request.GetMethodName() == nameof(IPickyTurns.TouchIfLetIn);

    public Task Wait(string gate) => Gate.Named(gate).Pass();

    public Task<int> TouchIfLetIn() => Touch();

    public Task<int> Touch() => Task.FromResult(++_touches);
}

/// <summary>Marks code that must not have grain code inside of it.</summary>
public static class SynchronousSection
{
    [ThreadStatic]
    private static bool _marked;

    public static bool Marked => _marked;

    public static T In<T>(Func<T> section)
    {
        _marked = true;
        try
        {
            return section();
        }
        finally
        {
            _marked = false;
        }
    }
}
