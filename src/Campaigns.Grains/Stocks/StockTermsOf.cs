using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Documents;
using Campaigns.Domain.SpendDiscounts;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;

namespace Campaigns.Grains.Stocks;

/// <summary>What the document makes of an activity's stock.</summary>
internal static class StockTermsOf
{
    /// <summary>Null where the activity has no stock of this kind.</summary>
    public static StockTerms? Activity(Campaign campaign, Activity activity) => activity switch
    {
        SpendDiscountActivity discount => new StockTerms
        {
            Name = StreamNames.Pool(campaign.Id, discount.Id, 0),
            Campaign = StreamId.Of(StreamNames.Campaign(campaign.Id)),
            Unit = Units.Discount,
            MoneyLimited = IsLimited(campaign, discount),
            PiecesLimited = discount.Stock is not null,
            PiecesPerDay = discount.StockPerDay,
            Payee = StockPayee.Merchant,
            QuotaUnit = Units.Quota(campaign.Id, discount.Id),
        },
        CheckInActivity checkIn when PaysCash(checkIn) => new StockTerms
        {
            Name = StreamNames.Pool(campaign.Id, checkIn.Id, 0),
            Campaign = StreamId.Of(StreamNames.Campaign(campaign.Id)),
            Unit = Units.Cash,
            MoneyLimited = checkIn.CapTotal is not null,
            PiecesLimited = false,
            Payee = StockPayee.User,
        },
        _ => null,
    };

    /// <summary>What approval gives the stock: money in the stock's unit, and pieces.</summary>
    public static (long Money, long Pieces) Funding(Campaign campaign, Activity activity) => activity switch
    {
        SpendDiscountActivity discount => (
            IsLimited(campaign, discount) ? discount.WorstCase()[BudgetCategory.Discounts]!.Value : 0,
            discount.Stock ?? 0),
        CheckInActivity { CapTotal: { } cap } checkIn when PaysCash(checkIn) => (cap, 0),
        _ => (0, 0),
    };

    private static bool IsLimited(Campaign campaign, SpendDiscountActivity discount) =>
        discount.CapTotal is not null || campaign.Budget.ContainsKey(BudgetCategory.Discounts);

    public static bool PaysCash(CheckInActivity activity) =>
        activity.EveryDay.Concat(activity.Streaks.SelectMany(streak => streak.Rewards))
            .Any(reward => reward.Kind == RewardKind.Cash);
}
