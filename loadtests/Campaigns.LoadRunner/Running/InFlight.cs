using Campaigns.LoadRunner.Measuring;

namespace Campaigns.LoadRunner.Running;

/// <summary>The bound on iterations under way, and how late they were started.</summary>
internal sealed class InFlight(int limit)
{
    private readonly Lock _gate = new();
    private readonly LatencyHistogram _lag = new();
    private int _now;
    private int _most;
    private long _sent;
    private long _notSent;

    public int Now => Volatile.Read(ref _now);

    /// <summary>False: as many as allowed are under way.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_now >= limit)
            {
                _notSent++;
                return false;
            }

            _now++;
            _sent++;
            _most = Math.Max(_most, _now);
            return true;
        }
    }

    /// <param name="lag">Microseconds from the intended time to the start.</param>
    public void Started(long lag)
    {
        lock (_gate)
        {
            _lag.Record(lag);
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _now--;
        }
    }

    public GeneratorHealth Describe()
    {
        lock (_gate)
        {
            return new GeneratorHealth(
                _sent, _notSent, _lag.Quantile(0.5) / 1000.0, _lag.Quantile(0.99) / 1000.0, _lag.Max / 1000.0,
                _most, limit, _now);
        }
    }
}
