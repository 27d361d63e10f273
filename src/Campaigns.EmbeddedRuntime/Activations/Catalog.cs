using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>The activations of a silo: finds or makes the one that a request is for.</summary>
internal sealed class Catalog(EmbeddedSilo silo)
{
    private readonly ConcurrentDictionary<GrainId, IActivationTarget> _targets = new();

    // In order of their making: what walks over activations must do so in the same order in every run of a seed.
    private readonly LinkedList<Activation> _activations = new();
    private readonly Dictionary<Activation, LinkedListNode<Activation>> _nodes = [];
    private volatile bool _closed;

    public int Count
    {
        get
        {
            lock (_activations)
                return _activations.Count;
        }
    }

    public void Dispatch(GrainCall call)
    {
        try
        {
            while (!GetOrAdd(call).TryReceive(call))
            {
                // Gone since it was found; it removes itself, and the next look makes another.
                Thread.Yield();
            }
        }
        catch (Exception exception)
        {
            call.Reject(exception);
        }
    }

    /// <summary>Sends a request on that its ended activation had queued, as often as a cluster would.</summary>
    public void Forward(GrainCall call, DeactivationReason reason)
    {
        if (++call.ForwardCount > silo.Options.MaxForwardCount)
        {
            call.Reject(new OrleansMessageRejectionException(
                $"{call.Method} for {call.Target} was sent on {call.ForwardCount - 1} times, "
                + $"always to an ending activation. {reason}"));
        }
        else
        {
            Dispatch(call);
        }
    }

    public void Remove(IActivationTarget target)
    {
        _targets.TryRemove(KeyValuePair.Create(target.GrainId, target));
        if (target is not Activation activation)
            return;
        lock (_activations)
        {
            if (_nodes.Remove(activation, out var node))
                _activations.Remove(node);
        }
    }

    public void Track(Activation activation)
    {
        lock (_activations)
            _nodes.TryAdd(activation, _activations.AddLast(activation));
        silo.IdleCollector.Arm();
    }

    public Activation[] Snapshot()
    {
        lock (_activations)
            return [.. _activations];
    }

    /// <summary>Makes no further activations; those that exist go on.</summary>
    public void Close() => _closed = true;

    private IActivationTarget GetOrAdd(GrainCall call)
    {
        var id = call.Target;
        if (_targets.TryGetValue(id, out var found))
            return found;
        if (_closed)
            throw new SiloUnavailableException($"The silo is stopping; {id} is not activated any more.");
        var grainClass = silo.Grains.ClassOf(id.Type);
        if (grainClass.MaxWorkers > 0)
            return _targets.GetOrAdd(id, new StatelessWorkers(silo, grainClass, id));
        var fresh = new Activation(silo, grainClass, id);
        var target = _targets.GetOrAdd(id, fresh);
        if (ReferenceEquals(target, fresh))
        {
            Track(fresh);
            fresh.Start(call.RequestContextData);
        }

        return target;
    }
}
