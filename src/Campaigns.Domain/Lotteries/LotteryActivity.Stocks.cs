using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Stocks;

namespace Campaigns.Domain.Lotteries;

public sealed partial record LotteryActivity
{
    /// <summary>
    /// The prizes' stocks times the most that one pays or gives; a prize of items without a stock in total has no
    /// bound.
    /// </summary>
    public override ImmutableSortedDictionary<string, long?> WorstCase()
    {
        var cost = ImmutableSortedDictionary.Create<string, long?>(StringComparer.Ordinal);
        var cash = Sum(prize => MostCash(prize.Rewards));
        var items = Sum(prize =>
            prize.Rewards.Where(reward => reward.Kind == RewardKind.Item).Sum(reward => reward.Max));
        cost = cash == 0 ? cost : cost.Add(BudgetCategory.Cash, cash);
        return items == 0 ? cost : cost.Add(BudgetCategory.Items, items);

        long? Sum(Func<Prize, long> each)
        {
            Int128? sum = 0;
            foreach (var prize in Prizes.Where(prize => each(prize) > 0))
            {
                sum += prize.Stock is { } stock ? (Int128)stock * each(prize) : null;
            }

            return sum is { } bound ? (long)Int128.Min(bound, long.MaxValue) : null;
        }
    }

    /// <summary>One for each prize that has one.</summary>
    public override ImmutableArray<StockPlan> Stocks(Campaign campaign) =>
    [
        .. Prizes.Where(prize => prize.HasStock).Select((prize, number) =>
            StockOf(campaign, number, prize.Stock, prize.StockPerDay, MostCash(prize.Rewards))),
    ];

    /// <summary>One, from which every user's prizes and amounts follow; the commitment covers the odds.</summary>
    public override ImmutableArray<SeedPlan> Seeds(Campaign campaign) =>
    [
        new SeedPlan(
            SeedPlan.Only, campaign.Schedule.Start, campaign.Schedule.End, Count: 0,
            () => Encoding.UTF8.GetBytes(Canonical(campaign))),
    ];

    /// <summary>
    /// A line for each prize: its id, its weight, then segments with another weight, in the order of their names.
    /// </summary>
    private string Canonical(Campaign campaign)
    {
        var text = new StringBuilder($"campaigns/lottery/1\n{campaign.Id}\n{Id}\n");
        foreach (var prize in Prizes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{prize.Id} {prize.Weight}");
            foreach (var (segment, weight) in prize.Weights)
            {
                text.Append(CultureInfo.InvariantCulture, $" {segment}={weight}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
