using Campaigns.Contracts;

namespace Campaigns.Gateway.Answers;

/// <summary>Something given to a user.</summary>
/// <param name="Kind">cash, restricted-cash, points, growth or chance.</param>
/// <param name="Amount">Minor units for money, else pieces.</param>
/// <param name="Activity">For a chance: what it may be spent on.</param>
internal sealed record RewardView(string Kind, long Amount, string? Activity = null)
{
    public static RewardView Of(Reward reward) => new(reward.Kind, reward.Amount, reward.Activity);
}
