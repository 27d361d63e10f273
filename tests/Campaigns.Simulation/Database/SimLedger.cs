using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.Database;

/// <summary>
/// One process's connections to the database: every answer takes its time, and writes meet the trouble that the plan
/// has put in their way. Plain at first sight, so that a planted fault can be a subclass.
/// </summary>
internal class SimLedger(SimDatabase database, SimRandom random, Trace trace, string name) : ILedger
{
    private readonly Queue<(WriteTrouble Trouble, TimeSpan For)> _troubles = new();
    private readonly HashSet<TaskCompletionSource> _waiting = [];
    private bool _closed;

    protected SimDatabase Database => database;

    /// <summary>Called when the process has to die by a trouble.</summary>
    public Action OnCrash { get; set; } = () => { };

    /// <summary>While true the database cannot be reached.</summary>
    public bool IsAway { get; set; }

    /// <summary>The most that an answer takes on its way.</summary>
    public TimeSpan MostLatency { get; set; } = TimeSpan.FromMilliseconds(2);

    public void Expect(WriteTrouble trouble, TimeSpan duration) => _troubles.Enqueue((trouble, duration));

    /// <summary>The next writes meet nothing.</summary>
    public void Cease()
    {
        _troubles.Clear();
        IsAway = false;
        MostLatency = TimeSpan.FromMilliseconds(1);
    }

    /// <summary>After the seed: whoever still waits is cancelled.</summary>
    public void Close()
    {
        _closed = true;
        foreach (var waiting in _waiting.ToArray())
            waiting.TrySetCanceled();
    }

    public virtual async ValueTask<WriteOutcome> WriteAsync(IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        await PassAsync();
        if (IsAway)
            return WriteOutcome.NotWritten;
        var (trouble, duration) = _troubles.Count > 0 ? _troubles.Dequeue() : default;
        if (trouble != WriteTrouble.None)
            trace.Say($"{name}: {trouble} hits {batch.Sum(commit => commit.Entries.Count)} rows");
        var outcome = WriteOutcome.Unknown;
        switch (trouble)
        {
            case WriteTrouble.None:
                outcome = Commit(batch);
                break;
            case WriteTrouble.Slow:
                await PassAsync(duration);
                outcome = Commit(batch);
                break;
            case WriteTrouble.Conflict:
                outcome = WriteOutcome.Conflict;
                break;
            case WriteTrouble.NotWritten:
                outcome = WriteOutcome.NotWritten;
                break;
            case WriteTrouble.Blocked:
                await PassAsync(TimeSpan.FromMilliseconds(500));
                outcome = WriteOutcome.Blocked;
                break;
            case WriteTrouble.UnknownCommitted:
                Commit(batch);
                break;
            case WriteTrouble.UnknownLate:
                database.After(duration, () => Commit(batch));
                break;
            case WriteTrouble.CrashAfterCommit:
                Commit(batch);
                OnCrash();
                break;
            case WriteTrouble.CrashBeforeCommit:
                OnCrash();
                break;
            case WriteTrouble.CrashLateCommit:
                database.After(duration, () => Commit(batch));
                OnCrash();
                break;
        }

        await PassAsync();
        return outcome;
    }

    public virtual async ValueTask<JournalProbe> ProbeAsync(
        IReadOnlyList<StreamId> streams,
        IReadOnlyList<(StreamId Stream, long Version)> entries,
        CancellationToken cancellation)
    {
        await ArriveAsync();
        return await LeaveAsync(await database.Committed.ProbeAsync(streams, entries, CancellationToken.None));
    }

    public virtual async ValueTask<IReadOnlyList<StreamLoad>> LoadAsync(
        IReadOnlyList<LoadRequest> requests, CancellationToken cancellation)
    {
        await ArriveAsync();
        return await LeaveAsync(await database.Committed.LoadAsync(requests, CancellationToken.None));
    }

    public async ValueTask<IReadOnlyList<Entry?>> EntriesAsync(
        IReadOnlyList<(StreamId Stream, long Version)> entries, CancellationToken cancellation)
    {
        await ArriveAsync();
        return await LeaveAsync(await database.Committed.EntriesAsync(entries, CancellationToken.None));
    }

    public async ValueTask<IReadOnlyList<IReadOnlyList<Entry>>> CreditsAsync(
        IReadOnlyList<CreditRequest> requests, CancellationToken cancellation)
    {
        await ArriveAsync();
        return await LeaveAsync(await database.Committed.CreditsAsync(requests, CancellationToken.None));
    }

    public async ValueTask<IReadOnlyList<Entry>> ReadAsync(
        StreamId stream, long fromVersion, int limit, CancellationToken cancellation)
    {
        await ArriveAsync();
        return await LeaveAsync(
            await database.Committed.ReadAsync(stream, fromVersion, limit, CancellationToken.None));
    }

    public async ValueTask<TransferSlice> TransfersAsync(
        StreamId account, TransferCursor? before, int limit, CancellationToken cancellation)
    {
        await ArriveAsync();
        return await LeaveAsync(
            await database.Committed.TransfersAsync(account, before, limit, CancellationToken.None));
    }

    public ValueTask<IJournalView> OpenViewAsync(CancellationToken cancellation) =>
        database.Committed.OpenViewAsync(cancellation);

    public virtual async ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        await ArriveAsync();
        await database.Committed.SaveSnapshotAsync(snapshot, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A transaction's end; a planted fault may see its outcome otherwise.</summary>
    protected WriteOutcome Commit(IReadOnlyList<Commit> batch) => database.Commit(batch);

    private async Task ArriveAsync()
    {
        await PassAsync();
        if (IsAway)
            throw new LedgerUnavailableException("The simulated database is away.");
    }

    private async Task<T> LeaveAsync<T>(T answer)
    {
        await PassAsync();
        return answer;
    }

    private Task PassAsync() => PassAsync(
        random.Chance(500) ? TimeSpan.Zero : MostLatency * (random.Below(1_000) / 1_000.0));

    /// <summary>Completed by the database, whatever has become of the process.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        if (_closed)
            throw new OperationCanceledException();
        var pass = new TaskCompletionSource();
        _waiting.Add(pass);
        database.After(time, () => pass.TrySetResult());
        try
        {
            await pass.Task;
        }
        finally
        {
            _waiting.Remove(pass);
        }
    }
}
