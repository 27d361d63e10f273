using Campaigns.Contracts;

namespace Campaigns.Gateway.Answers;

/// <summary>Something given to a user.</summary>
/// <param name="Kind">cash, restricted-cash, points, growth, chance or item.</param>
/// <param name="Amount">Minor units for money, else pieces.</param>
/// <param name="Activity">For a chance: what it may be spent on.</param>
/// <param name="Item">For an item: its id in the catalog.</param>
internal sealed record RewardView(string Kind, long Amount, string? Activity = null, string? Item = null)
{
    public static RewardView Of(Reward reward) => new(reward.Kind, reward.Amount, reward.Activity, reward.Item);
}
