using Campaigns.Domain.Documents;

namespace Campaigns.Domain.Takes;

/// <summary>What a user pays: points, growth, chances or items.</summary>
/// <param name="Amount">Pieces of the unit.</param>
/// <param name="Target">The activity that a chance is for, or the item.</param>
public sealed record Cost(RewardKind Kind, long Amount, string? Target = null)
{
    public string UnitIn(string campaignId) => new GrantedReward(Kind, Amount, Target).UnitIn(campaignId);
}
