using Microsoft.Extensions.Logging;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>
/// Writes a batch until each of its commits has an outcome: write, and after any failure resolve and write the rest
/// again. Only identical rows are ever written again; nothing is decided here. Used by its lane alone.
/// </summary>
internal sealed class BatchSettler(
    ILedger ledger,
    BatchSealer sealer,
    LaneQueue queue,
    StalledStreams stalled,
    GroupCommitOptions options,
    TimeProvider time,
    GroupCommitMetrics metrics,
    ILogger log)
{
    /// <summary>
    /// A batch that is blocked is cut in this many parts: one stalled stream of 500 is found in three steps.
    /// </summary>
    private const int PartsOfABlockedBatch = 8;

    /// <summary>
    /// Ends every commit of the batch, or sets aside those of a single stream that another writer blocks. Cancelled, it
    /// leaves the rest without an outcome.
    /// </summary>
    public async Task SettleAsync(Batch batch, CancellationToken abandon)
    {
        var pause = options.FirstPause;
        while (batch.Rows > 0)
        {
            var outcome = await WriteAsync(batch, abandon);
            if (outcome == WriteOutcome.Committed)
            {
                End(batch.Arrived, CommitOutcome.Committed);
                return;
            }

            if (outcome == WriteOutcome.Blocked)
            {
                await GiveWayAsync(batch, abandon);
                return;
            }

            var rest = await ResolveAsync(batch, abandon);
            if (rest.Rows > 0 && (outcome != WriteOutcome.Conflict || rest.Rows == batch.Rows))
            {
                await Task.Delay(pause, time, abandon);
                pause = Longer(pause);
            }

            batch = rest;
        }
    }

    /// <summary>Starts the committer's stream, however long the database stays away.</summary>
    public async Task StartAsync(CancellationToken abandon)
    {
        for (var pause = options.FirstPause; ; pause = Longer(pause))
        {
            try
            {
                var start = await sealer.StartAsync(abandon);
                if (await ledger.WriteAsync([start], abandon) == WriteOutcome.Committed)
                {
                    sealer.Follow(start);
                    log.CommitterStarted(sealer.Stream);
                    return;
                }
            }
            catch (LedgerUnavailableException unavailable)
            {
                log.DatabaseAway(unavailable);
            }

            await Task.Delay(pause, time, abandon);
        }
    }

    private async Task<WriteOutcome> WriteAsync(Batch batch, CancellationToken abandon)
    {
        var seal = sealer.Seal(batch.Commits);
        var begun = time.GetTimestamp();
        var outcome = await ledger.WriteAsync(CommitOrder.Sorted([.. batch.Commits, seal]), abandon);
        metrics.Wrote(batch.Rows, time.GetElapsedTime(begun), outcome);
        if (outcome == WriteOutcome.Committed)
        {
            sealer.Follow(seal);
        }
        else
        {
            log.BatchFailed(outcome, batch.Rows, batch.Streams.Count);
        }

        return outcome;
    }

    private async Task GiveWayAsync(Batch batch, CancellationToken abandon)
    {
        if (batch.Streams.Count == 1)
        {
            log.StreamStalled(batch.Streams[0]);
            stalled.Add(batch);
            return;
        }

        foreach (var part in batch.Split(PartsOfABlockedBatch))
        {
            await SettleAsync(part, abandon);
        }
    }

    /// <summary>Ends what has arrived and what can no longer arrive; returns what is to be written again.</summary>
    private async Task<Batch> ResolveAsync(Batch batch, CancellationToken abandon)
    {
        var probe = await ProbeAsync(batch, abandon);
        var resolution = Resolution.Of(batch, [.. probe.Heads.Take(batch.Streams.Count)], probe.Chains);
        End(resolution.Committed, CommitOutcome.Committed);
        foreach (var pending in resolution.Fenced)
        {
            log.StreamFenced(pending.Stream, pending.Commit.ExpectedVersion);
            var followers = queue.Fence(pending.Tail.Chain);
            End([pending, .. followers], CommitOutcome.Fenced);
        }

        metrics.Retried(resolution.Again.Count);
        return new Batch(resolution.Again);
    }

    private async Task<JournalProbe> ProbeAsync(Batch batch, CancellationToken abandon)
    {
        for (var pause = options.FirstPause; ; pause = Longer(pause))
        {
            try
            {
                var probe = await ledger.ProbeAsync(
                    [.. batch.Streams, sealer.Stream],
                    [.. batch.Arrived.Select(pending => (pending.Stream, pending.Tail.Version))],
                    abandon);
                await sealer.AdoptAsync(probe.Heads[^1], abandon);
                return probe;
            }
            catch (LedgerUnavailableException unavailable)
            {
                log.DatabaseAway(unavailable);
            }

            await Task.Delay(pause, time, abandon);
        }
    }

    private void End(IReadOnlyList<PendingCommit> commits, CommitOutcome outcome)
    {
        if (outcome == CommitOutcome.Fenced)
        {
            metrics.Fenced(commits.Count);
        }

        foreach (var pending in commits)
        {
            pending.End(outcome);
        }
    }

    private TimeSpan Longer(TimeSpan pause) =>
        pause * 2 < options.LongestPause ? pause * 2 : options.LongestPause;
}
