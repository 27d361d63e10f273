using Campaigns.Domain.Values;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>What waits for one lane, in order of arrival. Filled from any thread, emptied by the lane alone.</summary>
internal sealed class LaneQueue(FencedLineages fenced)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<PendingCommit> _waiting = [];
    private TaskCompletionSource? _sleeper;
    private bool _closed;
    private bool _woken;

    /// <summary>Nothing more comes in, and nothing waits.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
            {
                return _closed && _waiting.Count == 0;
            }
        }
    }

    /// <summary>When the first of those that wait came; null where nothing waits.</summary>
    public long? Oldest
    {
        get
        {
            lock (_gate)
            {
                return _waiting.First?.Value.Since;
            }
        }
    }

    /// <summary>
    /// Appends a commit, or ends it at once: fenced behind a failed activation, abandoned when closed.
    /// </summary>
    public void Add(PendingCommit commit)
    {
        CommitOutcome refused;
        lock (_gate)
        {
            if (_closed)
            {
                refused = CommitOutcome.Abandoned;
            }
            else if (fenced.TryExtend(commit))
            {
                refused = CommitOutcome.Fenced;
            }
            else
            {
                _waiting.AddLast(commit);
                Wake();
                return;
            }
        }

        commit.End(refused);
    }

    /// <summary>Completes when something waits, when the queue is closed, or after <see cref="Poke"/>.</summary>
    public Task WaitAsync()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0 || _closed || _woken)
            {
                _woken = false;
                return Task.CompletedTask;
            }

            _sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _sleeper.Task;
        }
    }

    /// <summary>Lets the lane look at what else it has to do.</summary>
    public void Poke()
    {
        lock (_gate)
        {
            _woken = true;
            Wake();
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Wake();
        }
    }

    /// <summary>
    /// Takes commits from the front up to the bounds, at least one. Stops before a commit that does not follow the one
    /// of its stream that was taken before: two activations of one stream cannot share a transaction.
    /// </summary>
    public List<PendingCommit> Take(long rows, long bytes)
    {
        var taken = new List<PendingCommit>();
        var last = new Dictionary<StreamId, PendingCommit>();
        lock (_gate)
        {
            while (_waiting.First is { Value: var next })
            {
                rows -= next.Rows;
                bytes -= next.Bytes;
                var foreign = last.TryGetValue(next.Stream, out var earlier) && !next.Follows(earlier);
                if (taken.Count > 0 && (rows < 0 || bytes < 0 || foreign))
                {
                    break;
                }

                _waiting.RemoveFirst();
                last[next.Stream] = next;
                taken.Add(next);
            }
        }

        return taken;
    }

    /// <summary>Everything that waits, for a lane that gives up.</summary>
    public List<PendingCommit> TakeAll()
    {
        lock (_gate)
        {
            var all = _waiting.ToList();
            _waiting.Clear();
            return all;
        }
    }

    /// <summary>
    /// Remembers a failed activation by its last chain and takes its waiting commits out, in order; the caller ends
    /// them.
    /// </summary>
    public List<PendingCommit> Fence(Chain tail)
    {
        var removed = new List<PendingCommit>();
        lock (_gate)
        {
            fenced.Add(tail);
            for (var node = _waiting.First; node is not null;)
            {
                var next = node.Next;
                if (fenced.TryExtend(node.Value))
                {
                    removed.Add(node.Value);
                    _waiting.Remove(node);
                }

                node = next;
            }
        }

        return removed;
    }

    private void Wake()
    {
        _sleeper?.TrySetResult();
        _sleeper = null;
    }
}
