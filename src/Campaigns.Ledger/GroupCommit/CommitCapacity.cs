namespace Campaigns.Ledger.GroupCommit;

/// <summary>The bound on everything that a committer holds: reserved, waiting and being written.</summary>
internal sealed class CommitCapacity(GroupCommitOptions options)
{
    /// <summary>
    /// What has more rows is a batch of a hot pool: a tenth of the room is kept from those, so that one pool with many
    /// shards cannot turn everybody else away.
    /// </summary>
    private const int SmallRows = 64;

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
        var room = rows > SmallRows ? options.QueueRows - (options.QueueRows / 10) : options.QueueRows;
        lock (_gate)
        {
            if (_closed || _rows + rows > room || _bytes >= options.QueueBytes)
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
