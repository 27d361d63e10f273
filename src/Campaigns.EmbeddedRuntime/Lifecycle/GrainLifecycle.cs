using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Starts stages in ascending order, stops those that were started in descending order.</summary>
internal sealed class GrainLifecycle : IGrainLifecycle
{
    private readonly List<Subscription> _subscriptions = [];
    private int? _highestStarted;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = new Subscription(this, stage, observer);
        _subscriptions.Add(subscription);
        return subscription;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in _subscriptions.GroupBy(s => s.Stage).OrderBy(g => g.Key).ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _highestStarted = stage.Key;
            foreach (var subscription in stage)
                await subscription.Observer.OnStart(cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_highestStarted is not { } highest)
            return;
        foreach (var subscription in _subscriptions.Where(s => s.Stage <= highest).OrderByDescending(s => s.Stage)
            .ToArray())
            await subscription.Observer.OnStop(cancellationToken);
    }

    private sealed class Subscription(GrainLifecycle owner, int stage, ILifecycleObserver observer) : IDisposable
    {
        public int Stage { get; } = stage;

        public ILifecycleObserver Observer { get; } = observer;

        public void Dispose() => owner._subscriptions.Remove(this);
    }
}
