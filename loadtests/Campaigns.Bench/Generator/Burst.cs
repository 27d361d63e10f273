using System.Diagnostics;

namespace Campaigns.Bench.Generator;

/// <summary>Many connections over prepared requests, in a closed or an open loop.</summary>
internal sealed class Burst : IDisposable
{
    private readonly BurstPlan _plan;
    private readonly Connection[] _connections;
    private readonly ManualResetEventSlim _done = new();
    private readonly int[] _latencies;
    private readonly OpenLoop? _openLoop;
    private int _next;
    private int _running;
    private long _startedAt;
    private long _lastAnswerAt;
    private long _deadline;

    /// <summary>Renders every request and opens every connection; the clock does not run yet.</summary>
    public Burst(BurstPlan plan)
    {
        _plan = plan;
        Book = new RequestBook(plan);
        _latencies = new int[plan.Requests];
        _openLoop = plan.PerSecond > 0 ? new OpenLoop(plan.Requests, plan.PerSecond) : null;
        _connections = [.. Enumerable.Range(0, plan.Connections).Select(_ => new Connection(this, plan))];
    }

    public RequestBook Book { get; }

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        _done.Dispose();
    }

    public BurstResult Run()
    {
        GC.Collect();
        var processor = Environment.CpuUsage.TotalTime;
        _running = _connections.Length;
        _startedAt = Stopwatch.GetTimestamp();
        _deadline = _plan.Seconds > 0
            ? _startedAt + (long)(_plan.Seconds * Stopwatch.Frequency)
            : long.MaxValue;
        if (_openLoop is not null)
        {
            _openLoop.Run(_connections);
        }
        else
        {
            Array.ForEach(_connections, connection => connection.Start());
        }

        _done.Wait();
        return Result(Environment.CpuUsage.TotalTime - processor);
    }

    /// <summary>The next request to send; false when there is none, now or for good.</summary>
    /// <param name="from">What its time is measured from.</param>
    public bool TryTake(Connection free, out int request, out long from)
    {
        from = Stopwatch.GetTimestamp();
        request = _plan.Requests;
        if (from < _deadline)
        {
            var taken = _openLoop is null ? Interlocked.Increment(ref _next) - 1 : _openLoop.Take(free, out from);
            if (taken is null)
            {
                return false;
            }

            request = taken.Value;
        }

        if (request < _plan.Requests)
        {
            return true;
        }

        Ended();
        return false;
    }

    /// <summary>Notes an answer; true if it came in time.</summary>
    public bool Answered(int request, long sentAt)
    {
        var now = Stopwatch.GetTimestamp();
        _latencies[request] = (int)Math.Min(int.MaxValue, (now - sentAt) * 1_000_000 / Stopwatch.Frequency) + 1;
        _lastAnswerAt = now;
        return now <= _deadline;
    }

    /// <summary>A connection has sent its last request and has its answer.</summary>
    public void Ended()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _done.Set();
        }
    }

    private BurstResult Result(TimeSpan processor)
    {
        var latencies = _latencies.Skip(_plan.LeadIn).Where(latency => latency > 0).ToArray();
        Array.Sort(latencies);
        var statuses = _connections.SelectMany(connection => connection.Statuses)
            .GroupBy(pair => pair.Key)
            .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        return new BurstResult(
            _connections.Sum(connection => connection.Good),
            _connections.Sum(connection => connection.GoodInTime),
            Stopwatch.GetElapsedTime(_startedAt, Math.Min(_deadline, _lastAnswerAt)).TotalSeconds,
            _connections.Sum(connection => connection.Amount),
            _connections.Sum(connection => connection.Bad),
            statuses,
            processor.TotalMicroseconds,
            Quantile(latencies, 0.50),
            Quantile(latencies, 0.99),
            Quantile(latencies, 0.999),
            Quantile(latencies, 1),
            _connections.Select(connection => connection.FirstFault).FirstOrDefault(fault => fault is not null));
    }

    /// <summary>Milliseconds.</summary>
    private static double Quantile(int[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))] / 1000.0;
}
