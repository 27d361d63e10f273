using System.Collections.Immutable;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.CheckIns;

public sealed partial record CheckInActivity
{
    /// <summary>Cash rewards cost up to <c>caps.total</c>: nothing bounds the number of users.</summary>
    public override ImmutableSortedDictionary<string, long?> WorstCase()
    {
        var none = ImmutableSortedDictionary.Create<string, long?>(StringComparer.Ordinal);
        return PaysCash ? none.Add(BudgetCategory.Cash, CapTotal) : none;
    }

    private bool PaysCash =>
        EveryDay.Concat(Streaks.SelectMany(streak => streak.Rewards))
            .Any(reward => reward.Kind is RewardKind.Cash or RewardKind.RestrictedCash);
}
