using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Takes;

namespace Campaigns.Domain.Exchanges;

/// <summary>Rewards for what a user has gathered: growth for a butterfly, points for a chance.</summary>
public sealed partial record ExchangeActivity : TakeActivity, IStocked
{
    public const string TypeName = "exchange";

    /// <summary>The most that one call may take.</summary>
    public const int MostQuantity = 1_000;

    public override string Type => TypeName;

    public required ImmutableArray<Reward> Rewards { get; init; }

    /// <summary>Pieces of all users in the whole activity; null: unlimited.</summary>
    public int? Stock { get; init; }

    /// <summary>Pieces of all users per business day; null: unlimited.</summary>
    public int? StockPerDay { get; init; }

    private bool HasStock => Stock is not null || StockPerDay is not null || MostCash(Rewards) > 0;

    /// <summary>Every reward once per piece, each with an amount of its own.</summary>
    public override TakeChoice Choose(TakeDraw draw)
    {
        var rewards = new List<GrantedReward>();
        foreach (var reward in Rewards)
        {
            var amount = 0L;
            for (var piece = 0; piece < draw.Quantity; piece++)
            {
                amount += reward.Grant(draw.Numbers).Amount;
            }

            rewards.Add(new GrantedReward(reward.Kind, amount, reward.Target));
        }

        return new TakeChoice("", HasStock ? 0 : null, [.. rewards]);
    }
}
