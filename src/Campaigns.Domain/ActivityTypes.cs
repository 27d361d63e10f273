using System.Collections.Frozen;
using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Exchanges;
using Campaigns.Domain.Lotteries;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.SpendDiscounts;

namespace Campaigns.Domain;

/// <summary>The one table of activity types: a new mechanic is a line here and a folder beside.</summary>
internal static class ActivityTypes
{
    private static readonly FrozenDictionary<string, ActivityType> Built = new Dictionary<string, ActivityType>
    {
        [CheckInActivity.TypeName] = new(CheckInActivity.Parse),
        [RedPacketActivity.TypeName] = new(RedPacketActivity.Parse, HasRounds: true),
        [SpendDiscountActivity.TypeName] = new(SpendDiscountActivity.Parse),
        [ExchangeActivity.TypeName] = new(ExchangeActivity.Parse),
        [LotteryActivity.TypeName] = new(LotteryActivity.Parse),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Types of the contract that are refused by name.</summary>
    public static FrozenSet<string> NotBuilt { get; } = new[]
    {
        "gift", "referral", "tasks", "cashback", "earn", "mall", "levels", "leaderboard",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static ActivityType? Find(string type) => Built.GetValueOrDefault(type);
}

/// <summary>How a type is read.</summary>
/// <param name="Parse">Reads the type's own members; null, with faults, where they do not make an activity.</param>
/// <param name="HasRounds">A limit per round means something.</param>
internal sealed record ActivityType(Func<ObjectReader, ActivityHead, Activity?> Parse, bool HasRounds = false);
