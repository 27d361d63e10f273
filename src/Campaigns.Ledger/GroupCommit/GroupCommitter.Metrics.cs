using System.Diagnostics.Metrics;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>Instruments of the meter <see cref="GroupCommitter.MeterName"/>; none carries ids.</summary>
internal sealed class GroupCommitMetrics : IDisposable
{
    private static readonly InstrumentAdvice<int> BatchSizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    };

    private readonly Meter _meter = new(GroupCommitter.MeterName);
    private readonly Histogram<int> _batchRows;
    private readonly Histogram<double> _batchSeconds;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _unknown;
    private readonly Counter<long> _fenced;
    private readonly Counter<long> _retried;
    private readonly Counter<long> _refused;

    public GroupCommitMetrics(Func<long> queuedRows)
    {
        _batchRows = _meter.CreateHistogram(
            "campaigns.ledger.batch.rows", "{row}", "Rows per transaction.", null, BatchSizes);
        _batchSeconds = _meter.CreateHistogram<double>("campaigns.ledger.batch.duration", "s", "Time per transaction.");
        _rows = _meter.CreateCounter<long>("campaigns.ledger.rows", "{row}", "Rows that became durable.");
        _failures =
            _meter.CreateCounter<long>("campaigns.ledger.batch.failures", "{batch}", "Transactions that failed.");
        _unknown = _meter.CreateCounter<long>("campaigns.ledger.batch.unknown", "{batch}", "Unknown outcomes.");
        _fenced = _meter.CreateCounter<long>("campaigns.ledger.fenced", "{commit}", "Commits of lost activations.");
        _retried = _meter.CreateCounter<long>("campaigns.ledger.retried", "{commit}", "Commits written again.");
        _refused = _meter.CreateCounter<long>("campaigns.ledger.refused", "{call}", "Reservations refused as full.");
        _meter.CreateObservableGauge("campaigns.ledger.queue.rows", queuedRows, "{row}", "Rows reserved or waiting.");
    }

    public void Wrote(int rows, TimeSpan elapsed, WriteOutcome outcome)
    {
        _batchRows.Record(rows);
        _batchSeconds.Record(elapsed.TotalSeconds);
        if (outcome == WriteOutcome.Committed)
        {
            _rows.Add(rows);
            return;
        }

        _failures.Add(1);
        if (outcome == WriteOutcome.Unknown)
        {
            _unknown.Add(1);
        }
    }

    public void Fenced(int commits) => _fenced.Add(commits);

    public void Retried(int commits) => _retried.Add(commits);

    public void Refused() => _refused.Add(1);

    public void Dispose() => _meter.Dispose();
}
