namespace Campaigns.Ledger.GroupCommit;

/// <summary>The bound on everything that a committer holds: reserved, waiting and being written.</summary>
internal sealed class CommitCapacity(GroupCommitOptions options)
{
    private readonly Lock _gate = new();
    private long _rows;
    private long _bytes;
    private bool _closed;

    public long Rows
    {
        get
        {
            lock (_gate)
            {
                return _rows;
            }
        }
    }

    public bool TryReserve(int rows)
    {
        lock (_gate)
        {
            if (_closed || _rows + rows > options.QueueRows || _bytes >= options.QueueBytes)
            {
                return false;
            }

            _rows += rows;
            return true;
        }
    }

    /// <summary>The bytes come on top of a reservation, known only once the decision is made.</summary>
    public void AddBytes(long bytes)
    {
        lock (_gate)
        {
            _bytes += bytes;
        }
    }

    public void Release(int rows, long bytes = 0)
    {
        lock (_gate)
        {
            _rows -= rows;
            _bytes -= bytes;
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }
}
