using System.Collections.Immutable;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.RedPackets;

public sealed partial record RedPacketActivity
{
    /// <summary>All packets drawn; what a round refunds is not drawn twice.</summary>
    public override ImmutableSortedDictionary<string, long?> WorstCase() =>
        ImmutableSortedDictionary.Create<string, long?>(StringComparer.Ordinal).Add(BudgetCategory.Cash, Total);
}
