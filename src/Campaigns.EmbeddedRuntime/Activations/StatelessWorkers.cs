using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// The activations of one stateless worker grain. Calls go to the first idle one, else to a new one, else to the
/// least busy.
/// </summary>
internal sealed class StatelessWorkers(EmbeddedSilo silo, GrainClass grainClass, GrainId id) : IActivationTarget
{
    private readonly List<Activation> _workers = new(1);
    private TaskCompletionSource? _ended;
    private bool _closed;

    public GrainId GrainId => id;

    public Task Deactivated
    {
        get
        {
            lock (_workers)
                return _closed ? Task.CompletedTask : (_ended ??= new TaskCompletionSource()).Task;
        }
    }

    public bool TryReceive(GrainCall call)
    {
        while (true)
        {
            Activation worker;
            lock (_workers)
            {
                if (_closed)
                    return false;
                worker = Select(call.RequestContextData);
            }

            if (worker.TryReceive(call))
                return true;
            OnWorkerEnded(worker);
        }
    }

    public void Deactivate(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Activation[] workers;
        lock (_workers)
            workers = [.. _workers];
        foreach (var worker in workers)
            worker.Deactivate(reason, cancellationToken);
    }

    private Activation Select(Dictionary<string, object>? requestContext)
    {
        foreach (var worker in _workers)
        {
            if (worker.IsInactive)
                return worker;
        }

        if (_workers.Count >= grainClass.MaxWorkers)
            return _workers.MinBy(worker => worker.WaitingCount)!;
        var fresh = new Activation(silo, grainClass, id) { Ended = OnWorkerEnded };
        _workers.Add(fresh);
        silo.Catalog.Track(fresh);
        fresh.Start(requestContext);
        return fresh;
    }

    private void OnWorkerEnded(Activation worker)
    {
        lock (_workers)
        {
            if (!_workers.Remove(worker) || _workers.Count > 0)
                return;
            _closed = true;
        }

        silo.Catalog.Remove(this);
        if (_ended is not null)
            silo.Post(_ended.SetResult);
    }
}
