using Campaigns.Domain.Values;
using Campaigns.Ledger.Leases;
using Campaigns.Ledger.Tests.Conformance;
using Campaigns.Ledger.Volatile;

namespace Campaigns.Ledger.Tests.Volatile;

public sealed class VolatileConformance() : LedgerConformance(new VolatileBackend());

internal sealed class VolatileBackend : IBackend
{
    private readonly VolatileJournal _journal = new();

    public ILeaseStore Leases { get; } = new VolatileLeases(TimeProvider.System);

    public int WriteConnections => 3;

    public Task StartAsync() => Task.CompletedTask;

    public Task<ILedger> OpenAsync() => Task.FromResult<ILedger>(new VolatileLedger(_journal));

    public Task ClearSnapshotsAsync()
    {
        _journal.ClearSnapshots();
        return Task.CompletedTask;
    }

    public Task DeleteSegmentAsync(StreamId stream, int index)
    {
        _journal.DeleteSegment(stream, index);
        return Task.CompletedTask;
    }

    public Task AlterAmountAsync(StreamId stream, long version)
    {
        _journal.Tamper(stream, version, entry => entry with { Amount = entry.Amount + 1 });
        return Task.CompletedTask;
    }

    public Task DamageAsync(StreamId stream, long version, string column)
    {
        _journal.Tamper(stream, version, entry => column switch
        {
            "payload" => entry with { Payload = entry.Payload[..1] },
            "credit" => entry with { Credit = new StreamId(UInt128.MaxValue) },
            _ => Entry.Unreadable(stream, version, entry.At),
        });
        return Task.CompletedTask;
    }

    /// <summary>Here a cursor is no bytes: the next to it is that there is no snapshot.</summary>
    public Task DamageCursorAsync(StreamId stream) => ClearSnapshotsAsync();

    public Task RemoveAsync(IEnumerable<(StreamId Stream, long Version)> rows)
    {
        foreach (var (stream, version) in rows)
        {
            _journal.Tamper(stream, version, _ => null);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
