using Campaigns.Domain.Fairness;

namespace Campaigns.Domain.Documents;

/// <summary>The kinds of reward that are built.</summary>
public enum RewardKind
{
    /// <summary>Never valid.</summary>
    None = 0,
    Cash,
    RestrictedCash,
    Points,
    Growth,
    Chance,

    /// <summary>Pieces of an item of the catalog.</summary>
    Item,
}

/// <summary>Something a user is given: minor units for money, else pieces.</summary>
/// <param name="Min">Least amount; equal to <paramref name="Max"/> where the document gives one amount.</param>
/// <param name="Max">Greatest amount, uniform from the activity's committed seed.</param>
/// <param name="Target">The activity that a chance is for, or the item.</param>
public sealed record Reward(RewardKind Kind, long Min, long Max, string? Target = null)
{
    public GrantedReward Grant(IAmountSource amounts) =>
        new(Kind, Min == Max ? Min : amounts.Uniform(Min, Max), Target);
}
