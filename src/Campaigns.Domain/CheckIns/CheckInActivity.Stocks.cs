using System.Collections.Immutable;
using System.Text;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.CheckIns;

public sealed partial record CheckInActivity
{
    private IEnumerable<Reward> Rewards => EveryDay.Concat(Streaks.SelectMany(streak => streak.Rewards));

    /// <summary>A meter, where cash is paid: up to <c>caps.total</c>.</summary>
    public override ImmutableArray<StockPlan> Stocks(Campaign campaign) =>
        !Rewards.Any(reward => reward.Kind == RewardKind.Cash)
            ? []
            :
            [
                new StockPlan(
                    new StockTerms
                    {
                        Name = StockPlan.Name(campaign, this),
                        Campaign = StockPlan.Home(campaign),
                        Unit = Units.Cash,
                        MoneyLimited = CapTotal is not null,
                        PiecesLimited = false,
                        Payee = StockPayee.User,
                    },
                    CapTotal ?? 0,
                    Pieces: 0),
            ];

    /// <summary>One, where an amount is random.</summary>
    public override ImmutableArray<SeedPlan> Seeds(Campaign campaign) =>
        Rewards.All(reward => reward.Min == reward.Max)
            ? []
            :
            [
                new SeedPlan(
                    SeedPlan.Only, campaign.Schedule.Start, campaign.Schedule.End, Count: 0,
                    () => Encoding.UTF8.GetBytes($"campaigns/check-in/1\n{campaign.Id}\n{Id}\n")),
            ];

    /// <summary>The numbers of one user's check-in on one day.</summary>
    public static IAmountSource Amounts(byte[]? seed, string userId, int day) =>
        new SeedNumbers(seed, $"check-in/{userId}/{day}");
}
