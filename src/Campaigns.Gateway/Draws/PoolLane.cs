using System.Diagnostics;
using Campaigns.Contracts;
using Campaigns.Gateway.Hosting;
using Microsoft.Extensions.Logging;

namespace Campaigns.Gateway.Draws;

/// <summary>
/// The way to one pool shard. A draw leaves at once while no call is under way; else it waits, in order and bounded,
/// and all that wait leave together in the next call. That is when the one under way is answered, or earlier where as
/// many wait as are in it and more calls are allowed.
/// </summary>
/// <param name="queue">Draws that may wait.</param>
internal sealed partial class PoolLane(
    IPacketPoolGrain pool,
    string shard,
    DrawOptions options,
    int queue,
    LimitOptions limits,
    TimeProvider time,
    DrawMetrics metrics,
    ILogger logger,
    Action? refused = null)
    : IThreadPoolWorkItem
{
    private static readonly ActivitySource Source = new("Campaigns.Gateway");
    private static readonly DrawReply Full = new(Outcome.Overloaded);
    private static readonly DrawReply Unknown = new(Outcome.Unavailable);

    private readonly Lock _gate = new();
    private readonly Queue<PendingDraw> _waiting = new();
    private int _calls;
    private int _underWay;

    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _calls == 0;
            }
        }
    }

    /// <summary>Whether a draw that came now would be refused.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return IsFullInside();
            }
        }
    }

    public ValueTask<DrawReply> DrawAsync(PoolDraw draw)
    {
        var pending = new PendingDraw(draw, time.GetTimestamp());
        bool start;
        lock (_gate)
        {
            if (IsFullInside())
            {
                refused?.Invoke();
                return ValueTask.FromResult(Full);
            }

            _waiting.Enqueue(pending);
            start = _calls < options.CallsInFlight && IsCallWorthwhile(_calls);
            if (start)
            {
                _calls++;
            }
        }

        metrics.Queued(1);
        if (start)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return pending.Reply;
    }

    /// <summary>
    /// How long the first in the queue has waited is how long the next would wait, however fast the pool is by now.
    /// </summary>
    private bool IsFullInside() =>
        _waiting.Count >= queue
        || (_waiting.TryPeek(out var first) && time.GetElapsedTime(first.Since) > options.LongestWait);

    /// <summary>Beside calls under way one leaves that is not smaller than they: so callers fall into halves.</summary>
    private bool IsCallWorthwhile(int others) =>
        others == 0 || _waiting.Count >= Math.Min(options.Batch, Math.Max(options.Overlap, _underWay));

    void IThreadPoolWorkItem.Execute() => _ = PumpAsync();

    private async Task PumpAsync()
    {
        while (Take() is { } batch)
        {
            var inTime = WithoutLate(batch);
            if (inTime.Length > 0)
            {
                await SendAsync(inTime);
            }

            lock (_gate)
            {
                _underWay -= batch.Length;
            }
        }
    }

    /// <summary>
    /// What waits, up to a batch; null ends the pump. One of several goes on only where that is worth a call.
    /// </summary>
    private PendingDraw[]? Take()
    {
        PendingDraw[] taken;
        lock (_gate)
        {
            if (_waiting.Count == 0 || !IsCallWorthwhile(_calls - 1))
            {
                _calls--;
                return null;
            }

            taken = new PendingDraw[Math.Min(_waiting.Count, options.Batch)];
            for (var i = 0; i < taken.Length; i++)
            {
                taken[i] = _waiting.Dequeue();
            }

            _underWay += taken.Length;
        }

        metrics.Queued(-taken.Length);
        return taken;
    }

    /// <summary>
    /// A draw that waited as long as a call may take is answered unsent: its caller has better things to do.
    /// </summary>
    private PendingDraw[] WithoutLate(PendingDraw[] taken)
    {
        // They came in order: where the first is not too old, none is.
        if (!IsLate(taken[0]))
        {
            return taken;
        }

        foreach (var draw in taken)
        {
            if (IsLate(draw))
            {
                draw.Complete(Full);
            }
        }

        return Array.FindAll(taken, draw => !IsLate(draw));
    }

    private bool IsLate(PendingDraw draw) => time.GetElapsedTime(draw.Since) >= limits.CallTimeout;

    private async Task SendAsync(PendingDraw[] batch)
    {
        metrics.Sent(batch.Length);
        using var span = Source.StartActivity("draws", ActivityKind.Client);
        span?.SetTag("campaigns.pool", shard);
        span?.SetTag("campaigns.draws", batch.Length);
        try
        {
            var draws = Array.ConvertAll(batch, pending => pending.Draw);
            var replies = (await pool.Draw(new DrawBatch(draws)).WaitAsync(limits.CallTimeout, time)).Replies;
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i].Complete(i < replies.Length ? replies[i] : Unknown);
            }

            if (replies.Length != batch.Length)
            {
                LogWrongCount(batch.Length, replies.Length);
            }
        }
        catch (Exception failure)
        {
            // Whether the call took effect is unknown; every draw is safe to repeat.
            LogFailed(batch.Length, failure);
            span?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            foreach (var draw in batch)
            {
                draw.Complete(Unknown);
            }
        }
    }
}
