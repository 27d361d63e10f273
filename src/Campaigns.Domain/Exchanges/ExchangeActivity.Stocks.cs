using System.Collections.Immutable;
using System.Text;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Stocks;

namespace Campaigns.Domain.Exchanges;

public sealed partial record ExchangeActivity
{
    /// <summary>
    /// Cash: the lesser of <c>caps.total</c> and the stock times the most that one piece pays. Items: the stock times
    /// what one piece gives. Without either there is no bound.
    /// </summary>
    public override ImmutableSortedDictionary<string, long?> WorstCase()
    {
        var cost = ImmutableSortedDictionary.Create<string, long?>(StringComparer.Ordinal);
        if (MostCash(Rewards) is > 0 and var cash)
        {
            var bound = Times(cash);
            cost = cost.Add(BudgetCategory.Cash, bound is null || bound > CapTotal ? CapTotal : bound);
        }

        var items = Rewards.Where(reward => reward.Kind == RewardKind.Item).Sum(reward => reward.Max);
        return items == 0 ? cost : cost.Add(BudgetCategory.Items, Times(items));

        long? Times(long each) =>
            Stock is { } stock ? (long)Int128.Min((Int128)stock * each, long.MaxValue) : null;
    }

    public override ImmutableArray<StockPlan> Stocks(Campaign campaign) => HasStock
        ? [StockOf(campaign, number: 0, Stock, StockPerDay, MostCash(Rewards), CapTotal)]
        : [];

    /// <summary>One, where an amount is random.</summary>
    public override ImmutableArray<SeedPlan> Seeds(Campaign campaign) =>
        Rewards.All(reward => reward.Min == reward.Max)
            ? []
            :
            [
                new SeedPlan(
                    SeedPlan.Only, campaign.Schedule.Start, campaign.Schedule.End, Count: 0,
                    () => Encoding.UTF8.GetBytes($"campaigns/exchange/1\n{campaign.Id}\n{Id}\n")),
            ];
}
