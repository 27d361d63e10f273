namespace Orleans.Embedded;

/// <summary>Looks for idle activations once per quantum, while there are any activations at all.</summary>
internal sealed class IdleCollector : IDisposable
{
    private readonly EmbeddedSilo _silo;
    private readonly ITimer _timer;
    private int _armed;

    public IdleCollector(EmbeddedSilo silo)
    {
        _silo = silo;
        _timer = silo.Clock.CreateTimer(
            static state => ((IdleCollector)state!).Collect(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public void Arm()
    {
        if (Volatile.Read(ref _armed) == 0 && Interlocked.Exchange(ref _armed, 1) == 0)
            _timer.Change(_silo.Options.CollectionQuantum, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void Collect()
    {
        Volatile.Write(ref _armed, 0);
        var activations = _silo.Catalog.Snapshot();
        foreach (var activation in activations)
            activation.DeactivateIfIdle();
        if (activations.Length > 0)
            Arm();
    }
}
