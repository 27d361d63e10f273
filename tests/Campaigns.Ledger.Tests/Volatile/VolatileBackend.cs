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
