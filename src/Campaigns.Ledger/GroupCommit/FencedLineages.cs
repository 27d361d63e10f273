namespace Campaigns.Ledger.GroupCommit;

/// <summary>
/// The last chains of activations that lost their stream. Such an activation may hand over more commits before it
/// notices; those follow a history that the journal lacks, and the primary key alone would let them in behind the
/// foreign one. Guarded by its own lock.
/// </summary>
internal sealed class FencedLineages(GroupCommitOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Chain, long> _since = [];
    private readonly Queue<(Chain Tail, long Since)> _oldest = new();

    /// <summary>More young entries than may be remembered: accepting anything would not be safe.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _since.Count > options.FencedLineages;
            }
        }
    }

    public void Add(Chain tail)
    {
        lock (_gate)
        {
            Remember(tail);
        }
    }

    /// <summary>Whether a commit continues a failed activation; if so, its own tail is remembered in turn.</summary>
    public bool TryExtend(PendingCommit commit)
    {
        lock (_gate)
        {
            if (!_since.Remove(commit.Commit.ExpectedChain))
            {
                return false;
            }

            Remember(commit.Tail.Chain);
            return true;
        }
    }

    private void Remember(Chain tail)
    {
        var now = time.GetTimestamp();
        _since[tail] = now;
        _oldest.Enqueue((tail, now));
    }

    private void Forget()
    {
        while (_since.Count > options.FencedLineages
            && _oldest.TryPeek(out var oldest)
            && time.GetElapsedTime(oldest.Since) > options.FencedMemory)
        {
            _oldest.Dequeue();
            if (_since.TryGetValue(oldest.Tail, out var since) && since == oldest.Since)
            {
                _since.Remove(oldest.Tail);
            }
        }
    }
}
