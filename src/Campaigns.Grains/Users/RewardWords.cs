using Campaigns.Domain.Documents;
using Reward = Campaigns.Contracts.Reward;

namespace Campaigns.Grains.Users;

/// <summary>Rewards in the contract's words.</summary>
internal static class RewardWords
{
    public static Reward Describe(GrantedReward reward) => new(
        Of(reward.Kind),
        reward.Amount,
        reward.Kind == RewardKind.Chance ? reward.Target : null,
        reward.Kind == RewardKind.Item ? reward.Target : null);

    public static string Of(RewardKind kind) => kind switch
    {
        RewardKind.Cash => "cash",
        RewardKind.RestrictedCash => "restricted-cash",
        RewardKind.Points => "points",
        RewardKind.Growth => "growth",
        RewardKind.Chance => "chance",
        RewardKind.Item => "item",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of reward without a word."),
    };
}
