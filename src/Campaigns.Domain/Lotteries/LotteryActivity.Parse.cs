using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Takes;

namespace Campaigns.Domain.Lotteries;

public sealed partial record LotteryActivity
{
    private const int MostWeight = 1_000_000_000;
    private const int MostPrizes = 50;
    private const int LongestPassword = 100;
    private const int MostTries = 1_000;
    private const int UsualTries = 5;

    internal static LotteryActivity? Parse(ObjectReader reader, ActivityHead head)
    {
        var cost = CostReader.Optional(reader, "cost");
        var word = ReadPassword(reader, head);
        var prizes = ReadPrizes(reader, head);
        var fallback = reader.Id("fallback");
        if (fallback is not null && !prizes.IsEmpty && !prizes.Any(prize => prize.Id == fallback))
        {
            reader.Fault("fallback", $"the prize '{fallback}' is not defined");
        }

        if (reader.Clean)
        {
            CheckWeights(reader, head, prizes);
        }

        if (!reader.Clean)
        {
            return null;
        }

        var lottery = new LotteryActivity
        {
            Id = head.Id,
            Name = head.Name,
            Window = head.Window,
            Requires = head.Requires,
            Segments = head.Segments,
            PerUser = head.PerUser,
            CapTotal = head.CapTotal,
            Cost = cost,
            Word = word,
            Prizes = prizes,
            Fallback = fallback!,
        };
        if (lottery.WorstCase().GetValueOrDefault(BudgetCategory.Cash) is { } cash && cash > head.CapTotal)
        {
            reader.Context.Fault(reader.PathOf("caps") + ".total", $"is less than what the prizes can pay, {cash}");
            return null;
        }

        return lottery;
    }

    private static TakePassword? ReadPassword(ObjectReader parent, ActivityHead head)
    {
        if (parent.OptionalObject("password") is not { } reader)
        {
            return null;
        }

        var value = reader.Text("value");
        if (value?.Trim() is { Length: 0 or > LongestPassword })
        {
            reader.Fault("value", $"must have 1 to {LongestPassword} characters");
        }

        var tries = reader.OptionalCount("triesPerDay", 1, MostTries) ?? UsualTries;
        reader.Done();
        return value is null ? null : new TakePassword(new PasswordHash(head.Id, value), tries);
    }

    private static ImmutableArray<Prize> ReadPrizes(ObjectReader parent, ActivityHead head)
    {
        var prizes = ImmutableArray.CreateBuilder<Prize>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reader in parent.Objects("prizes", 1, MostPrizes))
        {
            var id = reader.Id("id");
            var weight = reader.Count("weight", 0, MostWeight);
            var weights = ReadWeights(reader, head);
            var stock = reader.OptionalCount("stock", 1, DocumentLimits.Pieces);
            var perDay = reader.OptionalCount("stockPerDay", 1, DocumentLimits.Pieces);
            var rewards = RewardReader.List(reader, "rewards", 0);
            reader.Done();
            if (id is not null && !ids.Add(id))
            {
                reader.Fault("id", $"'{id}' is used twice");
            }

            if (stock is null && rewards.Any(reward => reward.Kind == RewardKind.Cash))
            {
                reader.Fault("stock", "is required for a prize in cash");
            }

            prizes.Add(new Prize(id ?? "", weight ?? 0, weights, stock, perDay, rewards));
        }

        return prizes.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, int> ReadWeights(ObjectReader parent, ActivityHead head)
    {
        var weights = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        if (parent.OptionalObject("weightBySegment") is not { } reader)
        {
            return weights.ToImmutable();
        }

        foreach (var segment in head.Segments)
        {
            if (reader.OptionalCount(segment.Id, 0, MostWeight) is { } weight)
            {
                weights[segment.Id] = weight;
            }
        }

        foreach (var name in reader.Unread.ToArray())
        {
            reader.Refuse(name, $"the segment '{JsonPath.Quote(name)}' is not defined");
        }

        return weights.ToImmutable();
    }

    /// <summary>Somebody in each segment must be able to draw something.</summary>
    private static void CheckWeights(ObjectReader reader, ActivityHead head, ImmutableArray<Prize> prizes)
    {
        foreach (var segment in head.Segments.Select(segment => segment.Id).Append(null))
        {
            if (prizes.Sum(prize => (long)prize.WeightOf(segment)) == 0)
            {
                reader.Fault("prizes", segment is null
                    ? "all weights are 0"
                    : $"all weights of the segment '{segment}' are 0");
            }
        }
    }
}
