using System.Collections.Immutable;

namespace Campaigns.Domain.Documents;

/// <summary>Adds up what the activities can cost, and refuses a document that can exceed its budget.</summary>
internal static class WorstCase
{
    /// <summary>The sum per category; a category that some activity can cost without bound is absent.</summary>
    public static ImmutableSortedDictionary<string, long> Check(
        ParseContext context,
        ImmutableSortedDictionary<string, long> budget,
        IReadOnlyList<(Activity Activity, string Path)> activities)
    {
        var sums = new SortedDictionary<string, Int128>(StringComparer.Ordinal);
        var unbounded = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (activity, path) in activities)
        {
            foreach (var (category, cost) in activity.WorstCase())
            {
                sums[category] = sums.GetValueOrDefault(category) + (cost ?? 0);
                if (cost is null)
                {
                    unbounded.Add(category);
                    TellUnbounded(context, path, category, budget.ContainsKey(category));
                }
            }
        }

        foreach (var (category, limit) in budget)
        {
            if (sums.GetValueOrDefault(category) is var sum && sum > limit)
            {
                context.Fault(
                    JsonPath.Member("$.budget", category), $"is {limit}, but the activities can cost {sum}");
            }
        }

        return sums.Where(sum => !unbounded.Contains(sum.Key)).ToImmutableSortedDictionary(
            sum => sum.Key, sum => (long)Int128.Min(sum.Value, long.MaxValue), StringComparer.Ordinal);
    }

    private static void TellUnbounded(ParseContext context, string path, string category, bool named)
    {
        if (named)
        {
            context.Fault(
                path,
                $"can cost the budget category '{category}' without bound: bound it by total, stock, maxOff or caps");
        }
        else
        {
            context.Warn(
                WarningCode.UnboundedCost, path, $"can cost '{category}' without bound, and no budget names it");
        }
    }
}
