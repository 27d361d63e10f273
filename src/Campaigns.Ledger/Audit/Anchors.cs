using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Audit;

/// <summary>The heads of an anchor that the journal has not shown yet.</summary>
internal sealed class Anchors
{
    private readonly Dictionary<StreamId, StreamHead> _expected = [];

    public void Expect(Anchor? anchor)
    {
        foreach (var head in anchor?.Heads ?? [])
        {
            _expected[head.Stream] = head;
        }
    }

    public void Meet(Entry entry)
    {
        if (_expected.TryGetValue(entry.Stream, out var head)
            && head.Version == entry.Version
            && head.Chain == entry.Chain)
        {
            _expected.Remove(entry.Stream);
        }
    }

    public void Missing(Action<AuditFinding> report)
    {
        foreach (var head in _expected.Values.OrderBy(head => head.Stream))
        {
            report(new AuditFinding(AuditFault.Missing, head.Stream, head.Version, "named by the anchor"));
        }
    }
}
