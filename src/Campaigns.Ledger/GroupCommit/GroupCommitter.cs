using Campaigns.Domain.Values;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>
/// Group commit over lanes. A stream belongs to one lane for good; a lane has one batch under way and gathers the next
/// meanwhile. Stop it before the ledger: it drains what is queued.
/// </summary>
public sealed class GroupCommitter : IGroupCommitter, IAsyncDisposable
{
    /// <summary>The meter of all instruments of the ledger.</summary>
    public const string MeterName = "Campaigns.Ledger";

    private readonly GroupCommitServices _services;
    private readonly CommitCapacity _capacity;
    private readonly FencedLineages _fenced;
    private readonly GroupCommitMetrics _metrics;
    private readonly Lane[] _lanes;
    private readonly CancellationTokenSource _abandon = new();
    private Task[] _loops = [];
    private bool _disposed;

    /// <param name="committerId">
    /// Names the streams <c>committer/{id}/{lane}</c>. A host that is alone on its database may use the same id at each
    /// start; hosts that run side by side must differ.
    /// </param>
    public GroupCommitter(string committerId, GroupCommitServices services)
    {
        _services = services;
        _capacity = new CommitCapacity(services.Options);
        _fenced = new FencedLineages(services.Options, services.Time);
        _metrics = new GroupCommitMetrics(() => _capacity.Rows);
        _lanes =
        [
            .. Enumerable.Range(0, services.Options.Lanes)
                .Select(lane => new Lane($"{committerId}/{lane}", _fenced, services, _metrics)),
        ];
    }

    /// <summary>The streams that hold this committer's seals.</summary>
    public IReadOnlyList<StreamId> Streams => [.. _lanes.Select(lane => lane.Stream)];

    /// <summary>
    /// Ends when the committer has stopped; fails when a loop met a bug. Then what was queued is abandoned, nothing
    /// more is accepted, and the host has to stop.
    /// </summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>
    /// Starts the loops; completes when their starts are in the journal. Commits may be enqueued before.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var factory = new TaskFactory(_services.Scheduler);
        _loops = [.. _lanes.Select(lane => factory.StartNew(() => RunAsync(lane)).Unwrap())];
        Completion = Task.WhenAll(_loops);
        using var registration = cancellation.Register(_abandon.Cancel);
        foreach (var lane in _lanes)
        {
            await lane.Started;
        }
    }

    public bool TryReserve(int rows)
    {
        if (!_fenced.IsFull && !IsSlow() && _capacity.TryReserve(rows))
        {
            return true;
        }

        _metrics.Refused();
        return false;
    }

    private bool IsSlow() => Array.Exists(_lanes, lane => lane.IsSlow);

    public void Release(int rows) => _capacity.Release(rows);

    public Task<CommitOutcome> Enqueue(Commit commit, int reserved)
    {
        var surplus = reserved - commit.Entries.Count;
        ArgumentOutOfRangeException.ThrowIfNegative(surplus, nameof(reserved));
        var pending = new PendingCommit(commit, _capacity, _services.Time.GetTimestamp());
        _capacity.Release(surplus);
        _capacity.AddBytes(pending.Bytes);
        _lanes[(int)(commit.Stream.Value % (ulong)_lanes.Length)].Add(pending);
        return pending.Outcome;
    }

    /// <summary>
    /// Accepts nothing more and writes what is queued; what is not written within the drain limit, or when
    /// <paramref name="hurry"/> is cancelled, is abandoned.
    /// </summary>
    public async Task StopAsync(CancellationToken hurry)
    {
        _capacity.Close();
        foreach (var lane in _lanes)
        {
            lane.Close();
        }

        await using var limit = _services.Time.CreateTimer(
            _ => _abandon.Cancel(), null, _services.Options.DrainLimit, Timeout.InfiniteTimeSpan);
        using var registration = hurry.Register(_abandon.Cancel);
        foreach (var loop in _loops)
        {
            // Its failure is reported by Completion; a stop has to end all the same.
            await loop.ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
        }
    }

    /// <summary>May be called again: a container that knows it by two names does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await StopAsync(CancellationToken.None);
        _metrics.Dispose();
        _abandon.Dispose();
    }

    /// <summary>
    /// Ends as a killed process does: nothing that is queued is told its outcome. For simulations, whose killed
    /// processes would stay in memory by their instruments.
    /// </summary>
    internal void Kill()
    {
        _capacity.Close();
        _metrics.Dispose();
    }

    private async Task RunAsync(Lane lane)
    {
        try
        {
            await lane.RunAsync(_abandon.Token);
        }
        catch
        {
            _capacity.Close();
            throw;
        }
    }
}
