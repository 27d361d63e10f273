using System.Diagnostics;

namespace Campaigns.Bench.Generator;

/// <summary>
/// When each request is due, and the connections that wait for one. A request that finds none free waits for one, and
/// is late by that: its time counts from when it was due.
/// </summary>
internal sealed class OpenLoop(int requests, double perSecond)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private readonly Stack<Connection> _idle = new();
    private long _startedAt;
    private int _next;

    /// <summary>Starts what is due, until every request is taken; then lets the idle connections end.</summary>
    public void Run(IEnumerable<Connection> connections)
    {
        _startedAt = Stopwatch.GetTimestamp();
        foreach (var connection in connections)
        {
            _idle.Push(connection);
        }

        while (!AllTaken)
        {
            Thread.Sleep(Tick);
            while (TakeIdle() is { } connection)
            {
                connection.Start();
            }
        }

        while (_idle.TryPop(out var rest))
        {
            rest.Start();
        }
    }

    /// <summary>Gives a free connection what is due, or keeps it until something is.</summary>
    /// <returns>Null: the connection waits. A number past the last: there is nothing more to send.</returns>
    public int? Take(Connection free, out long dueAt)
    {
        lock (_lock)
        {
            dueAt = DueAt(_next);
            if (_next < requests && dueAt > Stopwatch.GetTimestamp())
            {
                _idle.Push(free);
                return null;
            }

            return _next < requests ? _next++ : requests;
        }
    }

    private bool AllTaken
    {
        get
        {
            lock (_lock)
            {
                return _next >= requests;
            }
        }
    }

    private Connection? TakeIdle()
    {
        lock (_lock)
        {
            return _next < requests && DueAt(_next) <= Stopwatch.GetTimestamp() && _idle.TryPop(out var connection)
                ? connection
                : null;
        }
    }

    private long DueAt(int request) => _startedAt + (long)(request * (Stopwatch.Frequency / perSecond));
}
