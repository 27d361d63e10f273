using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.SpendDiscounts;

public sealed partial record SpendDiscountActivity
{
    /// <summary>Orders, and the money that they may take off where a budget or cap bounds it.</summary>
    public override ImmutableArray<StockPlan> Stocks(Campaign campaign)
    {
        var moneyLimited = CapTotal is not null || campaign.Budget.ContainsKey(BudgetCategory.Discounts);
        return
        [
            new StockPlan(
                new StockTerms
                {
                    Name = StockPlan.Name(campaign, this),
                    Campaign = StockPlan.Home(campaign),
                    Unit = Units.Discount,
                    MoneyLimited = moneyLimited,
                    PiecesLimited = Stock is not null,
                    PiecesPerDay = StockPerDay,
                    Payee = StockPayee.Merchant,
                    QuotaUnit = Units.Quota(campaign.Id, Id),
                },
                moneyLimited ? WorstCase()[BudgetCategory.Discounts]!.Value : 0,
                Stock ?? 0),
        ];
    }
}
