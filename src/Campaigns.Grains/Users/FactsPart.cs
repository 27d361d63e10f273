using Campaigns.Domain.Conditions;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Users;

/// <summary>What partners have told about the user.</summary>
internal sealed class FactsPart : IUserPart
{
    private FactsSet? _last;

    public IReadOnlyList<EntryKind> Own { get; } = [EntryKind.FactsSet];

    public IReadOnlyList<EntryKind> Credited => [];

    public Facts Stored { get; private set; } = Facts.Empty;

    /// <summary>0 before the first.</summary>
    public long Version => _last?.Version ?? 0;

    public ulong BodyHash => _last?.BodyHash ?? 0;

    public void Apply(Entry entry)
    {
        var reader = new PayloadReader(entry.Payload.Span);
        Take(FactsSet.Read(ref reader));
    }

    public void Credit(Entry entry)
    {
    }

    public void Write(PayloadWriter writer)
    {
        writer.Flag(_last is not null);
        _last?.Write(writer);
    }

    public void Restore(ref PayloadReader reader)
    {
        if (reader.Flag())
        {
            Take(FactsSet.Read(ref reader));
        }
    }

    private void Take(FactsSet facts)
    {
        _last = facts;
        Stored = facts.ToFacts();
    }
}
