using Campaigns.Domain.Values;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>
/// Streams whose next key another writer holds uncommitted. They wait here, with all that arrives for them meanwhile,
/// so that the lane's other streams go on. Used by its lane alone.
/// </summary>
internal sealed class StalledStreams(TimeProvider time, TimeSpan pause)
{
    private readonly SortedDictionary<StreamId, Stalled> _streams = [];

    public bool IsEmpty => _streams.Count == 0;

    /// <summary>Until the first of them is to be tried again.</summary>
    public TimeSpan Wait => _streams.Values
        .Select(stalled => pause - time.GetElapsedTime(stalled.Since))
        .Append(pause)
        .Min() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    /// <summary>Puts back what was tried in vain, before what arrived since.</summary>
    public void Add(Batch batch)
    {
        var stream = batch.Streams[0];
        var commits = new List<PendingCommit>(batch.Arrived);
        if (_streams.TryGetValue(stream, out var present))
        {
            commits.AddRange(present.Commits);
        }

        _streams[stream] = new Stalled(commits, time.GetTimestamp());
    }

    /// <summary>Keeps back what belongs to stalled streams; returns the rest.</summary>
    public List<PendingCommit> Sift(List<PendingCommit> taken)
    {
        if (IsEmpty)
        {
            return taken;
        }

        var free = new List<PendingCommit>(taken.Count);
        foreach (var pending in taken)
        {
            (_streams.TryGetValue(pending.Stream, out var stalled) ? stalled.Commits : free).Add(pending);
        }

        return free;
    }

    /// <summary>Takes one stream that has paused long enough: the commits of its first activation.</summary>
    public Batch? TakeDue()
    {
        foreach (var (stream, stalled) in _streams)
        {
            if (time.GetElapsedTime(stalled.Since) < pause)
            {
                continue;
            }

            var count = 1;
            while (count < stalled.Commits.Count && stalled.Commits[count].Follows(stalled.Commits[count - 1]))
            {
                count++;
            }

            var batch = new Batch(stalled.Commits[..count]);
            stalled.Commits.RemoveRange(0, count);
            if (stalled.Commits.Count == 0)
            {
                _streams.Remove(stream);
            }

            return batch;
        }

        return null;
    }

    /// <summary>Everything that waits here, for a lane that gives up.</summary>
    public List<PendingCommit> TakeAll()
    {
        var all = _streams.Values.SelectMany(stalled => stalled.Commits).ToList();
        _streams.Clear();
        return all;
    }

    private sealed record Stalled(List<PendingCommit> Commits, long Since);
}
