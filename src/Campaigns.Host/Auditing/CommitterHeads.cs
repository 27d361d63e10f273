using Campaigns.Domain.Values;
using Campaigns.Ledger;
using Campaigns.Ledger.Audit;

namespace Campaigns.Host.Auditing;

/// <summary>Keeps the last entry of each committer's stream, from which an anchor is made.</summary>
internal sealed class CommitterHeads : IAuditObserver
{
    private readonly List<StreamHead> _heads = [];
    private Entry? _last;

    public IReadOnlyList<StreamHead> Heads => _heads;

    public ValueTask ObserveAsync(Entry entry, IJournalView view, Action<AuditFinding> report)
    {
        _last = entry;
        return ValueTask.CompletedTask;
    }

    public ValueTask ObserveAsync(Snapshot snapshot, IJournalView view, Action<AuditFinding> report) =>
        ValueTask.CompletedTask;

    public ValueTask EndAsync(StreamId stream, IJournalView view, Action<AuditFinding> report)
    {
        if (_last is { Kind: EntryKind.CommitterStarted or EntryKind.BatchSealed } last)
        {
            _heads.Add(new StreamHead(stream, last.Version, last.Chain));
        }

        return ValueTask.CompletedTask;
    }
}
