using Campaigns.Domain.Values;
using Microsoft.Extensions.Logging;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>One loop with one batch under way: wait, linger, take, settle, and at the end drain.</summary>
internal sealed class Lane
{
    private readonly LaneQueue _queue;
    private readonly StalledStreams _stalled;
    private readonly BatchSettler _settler;
    private readonly GroupCommitOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Batch _inHand = new([]);

    public Lane(
        string name,
        FencedLineages fenced,
        GroupCommitServices services,
        GroupCommitMetrics metrics)
    {
        (_options, _time, _log) = (services.Options, services.Time, services.Log);
        _queue = new LaneQueue(fenced);
        _stalled = new StalledStreams(_time, _options.StalledPause);
        var sealer = new BatchSealer(name, services.Ledger, services.ChainKey, _time);
        Stream = sealer.Stream;
        _settler = new BatchSettler(
            services.Ledger, sealer, _queue, _stalled, _options, _time, metrics, _log);
    }

    /// <summary>The stream of this lane's seals.</summary>
    public StreamId Stream { get; }

    /// <summary>Completes when the lane's start is in the journal.</summary>
    public Task Started => _started.Task;

    /// <summary>A commit has waited for longer than what comes now could wait.</summary>
    public bool IsSlow => _queue.Oldest is { } since && _time.GetElapsedTime(since) > _options.LongestWait;

    public void Add(PendingCommit commit) => _queue.Add(commit);

    /// <summary>Takes nothing more; the loop ends when what waits is written.</summary>
    public void Close() => _queue.Close();

    public async Task RunAsync(CancellationToken abandon)
    {
        try
        {
            await _settler.StartAsync(abandon);
            _started.TrySetResult();
            while (!_queue.IsDrained || !_stalled.IsEmpty)
            {
                await WaitAsync(abandon);
                var taken = _queue.Take(_options.BatchRows, _options.BatchBytes);
                await SettleAsync(new Batch(_stalled.Sift(taken)), abandon);
                while (_stalled.TakeDue() is { } due)
                {
                    await SettleAsync(due, abandon);
                }
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            _started.TrySetCanceled(abandon);
        }
        catch (Exception exception)
        {
            _log.LaneFailed(exception);
            _started.TrySetException(exception);
            throw;
        }
        finally
        {
            Abandon();
        }
    }

    private async Task WaitAsync(CancellationToken abandon)
    {
        if (_stalled.IsEmpty)
        {
            await _queue.WaitAsync();
        }
        else if (_queue.IsDrained)
        {
            await Task.Delay(_stalled.Wait, _time, abandon);
        }
        else
        {
            using var alarm = _time.CreateTimer(_ => _queue.Poke(), null, _stalled.Wait, Timeout.InfiniteTimeSpan);
            await _queue.WaitAsync();
        }

        if (_options.Linger > TimeSpan.Zero)
        {
            await Task.Delay(_options.Linger, _time, abandon);
        }
    }

    private async Task SettleAsync(Batch batch, CancellationToken abandon)
    {
        _inHand = batch;
        await _settler.SettleAsync(batch, abandon);
        _inHand = new Batch([]);
    }

    private void Abandon()
    {
        _queue.Close();
        var left = _inHand.Arrived
            .Concat(_stalled.TakeAll())
            .Concat(_queue.TakeAll())
            .Where(pending => !pending.Outcome.IsCompleted)
            .Distinct()
            .ToList();
        foreach (var pending in left)
        {
            pending.End(CommitOutcome.Abandoned);
        }

        if (left.Count > 0)
        {
            _log.CommitsAbandoned(left.Count);
        }
    }
}
