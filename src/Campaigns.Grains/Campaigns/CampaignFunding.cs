using Campaigns.Domain.Documents;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Values;
using Campaigns.Grains.Seeds;

namespace Campaigns.Grains.Campaigns;

/// <summary>What an approval brings: a revision's is what it adds to the approved document before it.</summary>
/// <param name="Budget">Unit to minor units that enter the budget.</param>
/// <param name="Shares">What pools are given.</param>
internal sealed record CampaignFunding(SortedDictionary<string, long> Budget, IReadOnlyList<PoolShare> Shares)
{
    /// <param name="state">Before the approval.</param>
    public static CampaignFunding Of(CampaignGrainState state, CampaignApproved approved, SeedMint mint)
    {
        var current = state.Life.Campaign!;
        var seeds = state.Life.Seeds.AddRange(approved.Seeds);
        var next = SharesOf(state.Life.Revision?.Campaign ?? current);
        var budget = BudgetOf(state.Life.Revision?.Campaign ?? current, next);
        if (state.Life.Revision is null)
        {
            return new CampaignFunding(budget, next);
        }

        var given = SharesOf(current).ToDictionary(share => (share.Pool, share.Unit), share => share.Amount);
        var added = next.Select(share => share with
        {
            Amount = share.Amount - given.GetValueOrDefault((share.Pool, share.Unit)),
        });
        var more = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (unit, amount) in budget.Where(pair => pair.Value > Funded(pair.Key)))
        {
            more[unit] = amount - Funded(unit);
        }

        return new CampaignFunding(more, [.. added.Where(share => share.Amount > 0)]);

        long Funded(string unit) => state.Budget.TryGetValue(unit, out var account) ? account.Funded : 0;

        IReadOnlyList<PoolShare> SharesOf(Campaign campaign) => PoolShares.Of(
            campaign,
            approved.Version,
            (activity, round) => mint.Open(
                campaign.Id, seeds.Single(seed => seed.ActivityId == activity && seed.Round == round)));
    }

    /// <summary>A named category brings its whole cap; what is not named brings what its pools are given.</summary>
    private static SortedDictionary<string, long> BudgetOf(Campaign campaign, IReadOnlyList<PoolShare> shares)
    {
        var budget = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var share in shares)
        {
            budget[share.Unit] = checked(budget.GetValueOrDefault(share.Unit) + share.Amount);
        }

        Cap(BudgetCategory.Cash, Units.Cash);
        Cap(BudgetCategory.Discounts, Units.Discount);
        return budget;

        void Cap(string category, string unit)
        {
            if (campaign.Budget.TryGetValue(category, out var cap) && cap > 0)
            {
                budget[unit] = cap;
            }
        }
    }
}
