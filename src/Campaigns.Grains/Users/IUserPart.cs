using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Users;

/// <summary>One mechanic's share of a user's state. A part sees only the entries of the kinds that it names.</summary>
internal interface IUserPart
{
    /// <summary>Kinds of the user's own entries.</summary>
    IReadOnlyList<EntryKind> Own { get; }

    /// <summary>Kinds of other streams' entries that credit the user.</summary>
    IReadOnlyList<EntryKind> Credited { get; }

    void Apply(Entry entry);

    void Credit(Entry entry);

    void Write(PayloadWriter writer);

    void Restore(ref PayloadReader reader);
}
