using System.Collections.Immutable;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.SpendDiscounts;

public sealed partial record SpendDiscountActivity
{
    /// <summary>
    /// The lesser of <c>caps.total</c> and the stock of orders times the most that one order can take off; unbounded
    /// where neither is. What it says is what the stock's money is funded with, so it holds by construction.
    /// </summary>
    public override ImmutableSortedDictionary<string, long?> WorstCase()
    {
        Int128? orders = Stock is { } stock && WorstOff() is { } off ? (Int128)stock * off : null;
        var cost = CapTotal;
        if (orders is { } bound && (cost is null || bound < cost))
        {
            cost = (long)Int128.Min(bound, long.MaxValue);
        }

        return ImmutableSortedDictionary.Create<string, long?>(StringComparer.Ordinal)
            .Add(BudgetCategory.Discounts, cost);
    }

    private long? WorstOff()
    {
        var worst = 0L;
        foreach (var tier in Tiers)
        {
            // A share of any payment, or an amount for each full spend, has no bound of its own.
            var bounded = tier is { Off: not null, Repeat: false };
            if (!bounded && tier.MaxOff is null)
            {
                return null;
            }

            var off = bounded ? Math.Min(tier.Off!.Value, tier.MaxOff ?? long.MaxValue) : tier.MaxOff!.Value;
            worst = Math.Max(worst, off);
        }

        return worst;
    }
}
