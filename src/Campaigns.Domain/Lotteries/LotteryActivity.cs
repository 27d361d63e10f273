using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Takes;

namespace Campaigns.Domain.Lotteries;

/// <summary>
/// A draw of one of several prizes by their weights. A prize whose stock is used up is drawn all the same, and becomes
/// the fallback: so nobody's odds depend on who came before, and the numbers can be computed again by anybody.
/// </summary>
public sealed partial record LotteryActivity : TakeActivity
{
    public const string TypeName = "lottery";

    public override string Type => TypeName;

    public override TakePassword? Password => Word;

    /// <summary>What users have to say; null: nothing.</summary>
    public TakePassword? Word { get; init; }

    public required ImmutableArray<Prize> Prizes { get; init; }

    /// <summary>Id of the prize that is given where another one is used up.</summary>
    public required string Fallback { get; init; }

    /// <summary>What all weights of a segment add up to.</summary>
    public long WeightOf(string? segment) => Prizes.Sum(prize => prize.WeightOf(segment));

    /// <summary>
    /// The first number decides the prize: each has as many of the numbers as its weight, in the document's order.
    /// </summary>
    public override TakeChoice Choose(TakeDraw draw)
    {
        var drawn = draw.Numbers.Uniform(1, WeightOf(draw.Segment));
        foreach (var prize in Prizes)
        {
            drawn -= prize.WeightOf(draw.Segment);
            if (drawn <= 0)
            {
                return Choose(prize, draw);
            }
        }

        throw new InvalidOperationException("The weights do not add up.");
    }

    /// <summary>Its amounts follow the first number, as those of the drawn prize would have.</summary>
    public override TakeChoice? Instead(TakeDraw draw, TakeChoice exhausted)
    {
        if (exhausted.Id == Fallback)
        {
            return null;
        }

        draw.Numbers.Uniform(1, WeightOf(draw.Segment));
        return Choose(Prizes.Single(prize => prize.Id == Fallback), draw);
    }

    private TakeChoice Choose(Prize prize, TakeDraw draw) => new(
        prize.Id, NumberOf(prize), [.. prize.Rewards.Select(reward => reward.Grant(draw.Numbers))]);

    /// <summary>Prizes with a stock are numbered in the document's order.</summary>
    private int? NumberOf(Prize prize) =>
        prize.HasStock ? Prizes.TakeWhile(other => other != prize).Count(other => other.HasStock) : null;
}

/// <param name="Weight">Its part of the sum of all weights.</param>
/// <param name="Weights">Of segments that have another one.</param>
/// <param name="Stock">Pieces in the whole activity; null: unlimited.</param>
/// <param name="StockPerDay">Pieces per business day; null: unlimited.</param>
/// <param name="Rewards">None: thanks for playing.</param>
public sealed record Prize(
    string Id,
    int Weight,
    ImmutableSortedDictionary<string, int> Weights,
    int? Stock,
    int? StockPerDay,
    ImmutableArray<Reward> Rewards)
{
    /// <summary>Cash is paid by a stock always.</summary>
    public bool HasStock =>
        Stock is not null || StockPerDay is not null || Rewards.Any(reward => reward.Kind == RewardKind.Cash);

    public int WeightOf(string? segment) =>
        segment is not null && Weights.TryGetValue(segment, out var weight) ? weight : Weight;
}
