using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Audit;

/// <summary>
/// Looks at the journal while it is audited: streams one after another, each from its first entry to its last. Calls
/// are never concurrent.
/// </summary>
public interface IAuditObserver
{
    /// <summary>The stream's next entry; what the observer finds wrong it reports.</summary>
    ValueTask ObserveAsync(Entry entry, IJournalView view, Action<AuditFinding> report);

    /// <summary>A snapshot at the version of the entry observed last.</summary>
    ValueTask ObserveAsync(Snapshot snapshot, IJournalView view, Action<AuditFinding> report);

    /// <summary>The stream has no further entries.</summary>
    ValueTask EndAsync(StreamId stream, IJournalView view, Action<AuditFinding> report);
}
