using System.Diagnostics.Metrics;
using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Microsoft.Extensions.Logging;

namespace Campaigns.Grains.Journal;

/// <summary>
/// Tells operators of rows that somebody has changed; the stream concerned stands still until they look.
/// </summary>
internal sealed class JournalAlarm
{
    private readonly Counter<long> _damaged;
    private readonly ILogger<JournalAlarm> _log;

    public JournalAlarm(IMeterFactory meters, ILogger<JournalAlarm> log)
    {
        _log = log;
        _damaged = meters.Create("Campaigns.Grains").CreateCounter<long>(
            "campaigns.journal.damaged", "{row}", "Rows met that do not have the chain of their content.");
    }

    /// <summary>What a reader of the row is to fail with.</summary>
    public LedgerUnavailableException Damaged(StreamId stream, long version)
    {
        _damaged.Add(1);
        _log.RowDamaged(stream, version);
        return new LedgerUnavailableException($"Stream {stream} is damaged at version {version}.");
    }
}

internal static partial class JournalAlarmLog
{
    [LoggerMessage(1, LogLevel.Critical,
        "Stream {Stream} is damaged: version {Version} is missing or does not have the chain of its content. "
        + "The stream stands still, run the audit.")]
    public static partial void RowDamaged(this ILogger log, StreamId stream, long version);
}
