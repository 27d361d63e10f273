using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Host.Testing;

/// <summary>Takes no more than so many entries per second, as a slower database would.</summary>
internal sealed class PacedLedger(ILedger inner, int entriesPerSecond, TimeProvider time) : LedgerDecorator(inner)
{
    private readonly ILedger _inner = inner;
    private readonly Lock _gate = new();
    private long _busyUntil = time.GetTimestamp();

    public override async ValueTask<WriteOutcome> WriteAsync(
        IReadOnlyList<Commit> batch, CancellationToken cancellation)
    {
        var end = Take(batch.Sum(Entries));
        var outcome = await _inner.WriteAsync(batch, cancellation);
        var left = time.GetElapsedTime(time.GetTimestamp(), end);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellation);
        }

        return outcome;
    }

    /// <summary>When a ledger of this pace is done with so many more entries.</summary>
    private long Take(int entries)
    {
        lock (_gate)
        {
            _busyUntil = Math.Max(_busyUntil, time.GetTimestamp())
                + (entries * time.TimestampFrequency / entriesPerSecond);
            return _busyUntil;
        }
    }

    private static int Entries(Commit commit) =>
        commit.Entries.Count(entry => entry.Kind is not (EntryKind.BatchSealed or EntryKind.CommitterStarted));
}
