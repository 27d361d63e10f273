using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Takes;

/// <summary>
/// An activity from which a user takes something by one call, at a cost, perhaps from a stock: an exchange, a lottery.
/// What is taken and what it costs is decided in the user's stream, whether there is any left in the stock's.
/// </summary>
public abstract record TakeActivity : Activity
{
    /// <summary>Null: it is free.</summary>
    public required Cost? Cost { get; init; }

    /// <summary>What is asked for with each take; null: nothing.</summary>
    public virtual TakePassword? Password => null;

    /// <summary>What this take is, before any stock is asked; the same for the same numbers.</summary>
    public abstract TakeChoice Choose(TakeDraw draw);

    /// <summary>What the user gets where the stock of its choice has nothing; null: the take is refused.</summary>
    public virtual TakeChoice? Instead(TakeDraw draw, TakeChoice exhausted) => null;

    /// <summary>The numbers of one user's take; <paramref name="ordinal"/> counts its takes here from 1.</summary>
    public IAmountSource Numbers(byte[]? seed, string userId, int ordinal) =>
        new SeedNumbers(seed, $"{Type}/{userId}/{ordinal}");

    /// <summary>A stock of so many pieces that pays a user what cash comes with each.</summary>
    protected StockPlan StockOf(
        Campaign campaign, int number, int? pieces, int? perDay, long cashPerPiece, long? cap = null)
    {
        var cash = pieces * (Int128)cashPerPiece is { } worst && !(worst > cap)
            ? (long)Int128.Min(worst, long.MaxValue)
            : cap;
        return new StockPlan(
            new StockTerms
            {
                Name = StockPlan.Name(campaign, this, number),
                Campaign = StockPlan.Home(campaign),
                Unit = cashPerPiece > 0 ? Units.Cash : null,
                MoneyLimited = cashPerPiece > 0 && cash is not null,
                PiecesLimited = pieces is not null,
                PiecesPerDay = perDay,
                Payee = StockPayee.User,
            },
            cashPerPiece > 0 ? cash ?? 0 : 0,
            pieces ?? 0);
    }

    /// <summary>The most cash that a list of rewards can be.</summary>
    protected static long MostCash(ImmutableArray<Reward> rewards) =>
        rewards.Where(reward => reward.Kind == RewardKind.Cash).Sum(reward => reward.Max);
}

/// <summary>What a take is decided on beside the activity.</summary>
/// <param name="Segment">The user's segment; null: in none of them.</param>
public sealed record TakeDraw(string? Segment, int Quantity, IAmountSource Numbers);

/// <summary>What a user takes.</summary>
/// <param name="Id">Of the prize or offer; empty where there is one alone.</param>
/// <param name="Stock">The number of the stock that must have it; null: there is always enough.</param>
public sealed record TakeChoice(string Id, int? Stock, ImmutableArray<GrantedReward> Rewards);

/// <summary>A word that users have to know.</summary>
/// <param name="TriesPerDay">Wrong ones of one user on one business day.</param>
public sealed record TakePassword(PasswordHash Hash, int TriesPerDay);
