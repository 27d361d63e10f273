namespace Campaigns.Simulation.Engine;

/// <summary>
/// Everything that may happen next. The seed picks; one step runs at a time, on the thread that made this object.
/// </summary>
internal sealed class Steps(SimRandom random, Trace trace)
{
    private readonly List<(IThreadPoolWorkItem Work, Life? Life)> _ready = [];
    private readonly Lock _foreign = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly int _window = random.Pick(1, 3, 8, int.MaxValue, int.MaxValue);
    private volatile string? _escape;
    private volatile bool _closed;

    public bool Any => _ready.Count > 0;

    public long Count { get; private set; }

    /// <summary>The stack of work that came from another thread, or null.</summary>
    public string? Escape => _escape;

    public void Add(IThreadPoolWorkItem work, Life? life)
    {
        if (_closed)
            return;
        if (Environment.CurrentManagedThreadId != _thread)
            Report();
        else if (life is not { IsDead: true })
            _ready.Add((work, life));
    }

    public void Add(Action action, Life? life = null) => Add(new ActionStep(action), life);

    public void RunOne()
    {
        var index = random.Below(Math.Min(_window, _ready.Count));
        var (work, life) = _ready[index];
        _ready.RemoveAt(index);
        if (life is { IsDead: true })
            return;
        if (life is { IsFrozen: true })
        {
            life.Hold(work);
            return;
        }

        Count++;
        trace.Mark(((ulong)index << 32) | (uint)_ready.Count);
        work.Execute();
    }

    public void Clear() => _ready.Clear();

    /// <summary>Nothing is taken any more, from no thread: finalizers may still come.</summary>
    public void Close()
    {
        _closed = true;
        _ready.Clear();
    }

    public void Thaw(Life life)
    {
        foreach (var work in life.Thaw())
            Add(work, life);
    }

    private void Report()
    {
        lock (_foreign)
            _escape ??= Environment.StackTrace;
    }

    private sealed class ActionStep(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
