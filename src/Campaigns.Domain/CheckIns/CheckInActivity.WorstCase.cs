using System.Collections.Immutable;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.CheckIns;

public sealed partial record CheckInActivity
{
    /// <summary>Cash rewards cost up to <c>caps.total</c>: nothing bounds the number of users.</summary>
    public override ImmutableSortedDictionary<string, long?> WorstCase()
    {
        var cost = ImmutableSortedDictionary.Create<string, long?>(StringComparer.Ordinal);
        if (Rewards.Any(reward => reward.Kind is RewardKind.Cash or RewardKind.RestrictedCash))
        {
            cost = cost.Add(BudgetCategory.Cash, CapTotal);
        }

        return Rewards.Any(reward => reward.Kind == RewardKind.Item) ? cost.Add(BudgetCategory.Items, null) : cost;
    }
}
