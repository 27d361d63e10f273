using Campaigns.Domain.Documents;

namespace Campaigns.Grains.Users;

/// <summary>The contract's words for kinds of reward.</summary>
internal static class RewardWords
{
    public static string Of(RewardKind kind) => kind switch
    {
        RewardKind.Cash => "cash",
        RewardKind.RestrictedCash => "restricted-cash",
        RewardKind.Points => "points",
        RewardKind.Growth => "growth",
        RewardKind.Chance => "chance",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of reward without a word."),
    };
}
