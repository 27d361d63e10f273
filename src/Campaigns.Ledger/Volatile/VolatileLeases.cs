using Campaigns.Ledger.Leases;

namespace Campaigns.Ledger.Volatile;

/// <summary>Leases in memory, by the given clock.</summary>
public sealed class VolatileLeases(TimeProvider time) : ILeaseStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (LeaseRow Row, DateTimeOffset Expires)> _rows = [];

    /// <summary>While set, every call fails with it.</summary>
    public LedgerUnavailableException? Failure { get; set; }

    public ValueTask<LeaseRow?> TryAcquireAsync(
        string name, string holder, TimeSpan timeToLive, LeaseRow? dead, CancellationToken cancellation)
    {
        lock (_gate)
        {
            ThrowIfAway();
            var now = time.GetUtcNow();
            var held = _rows.TryGetValue(name, out var present);
            if (held && present.Expires > now && present.Row.Holder != holder && present.Row != dead)
            {
                return new ValueTask<LeaseRow?>((LeaseRow?)null);
            }

            var row = new LeaseRow(holder, held ? present.Row.Stamp + 1 : 1);
            _rows[name] = (row, now + timeToLive);
            return new ValueTask<LeaseRow?>(row);
        }
    }

    public ValueTask<bool> RenewAsync(
        string name, string holder, TimeSpan timeToLive, CancellationToken cancellation)
    {
        lock (_gate)
        {
            ThrowIfAway();
            if (!_rows.TryGetValue(name, out var present) || present.Row.Holder != holder)
            {
                return new ValueTask<bool>(false);
            }

            _rows[name] = (present.Row with { Stamp = present.Row.Stamp + 1 }, time.GetUtcNow() + timeToLive);
            return new ValueTask<bool>(true);
        }
    }

    public ValueTask<LeaseRow?> ReadAsync(string name, CancellationToken cancellation)
    {
        lock (_gate)
        {
            ThrowIfAway();
            return new ValueTask<LeaseRow?>(_rows.TryGetValue(name, out var present) ? present.Row : null);
        }
    }

    public ValueTask ReleaseAsync(string name, string holder, CancellationToken cancellation)
    {
        lock (_gate)
        {
            ThrowIfAway();
            if (_rows.TryGetValue(name, out var present) && present.Row.Holder == holder)
            {
                _rows.Remove(name);
            }

            return ValueTask.CompletedTask;
        }
    }

    private void ThrowIfAway()
    {
        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
