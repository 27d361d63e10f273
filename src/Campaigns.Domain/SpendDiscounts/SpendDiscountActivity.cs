using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using NodaTime;

namespace Campaigns.Domain.SpendDiscounts;

/// <summary>Money off a payment at a merchant, with a quota per user and a stock per day and in total.</summary>
public sealed partial record SpendDiscountActivity : Activity, IStocked
{
    public const string TypeName = "spend-discount";

    public override string Type => TypeName;

    public required ImmutableArray<DiscountTier> Tiers { get; init; }

    /// <summary>Orders per user and business day; null: unlimited.</summary>
    public int? PerUserPerDay { get; init; }

    /// <summary>Orders of all users per business day; null: unlimited.</summary>
    public int? StockPerDay { get; init; }

    /// <summary>Orders of all users in the whole activity; null: unlimited.</summary>
    public int? Stock { get; init; }

    /// <summary>Merchant ids; <c>*</c> is all.</summary>
    public required ImmutableArray<string> Merchants { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>How long a reservation stands without a confirmation.</summary>
    public required Duration HoldFor { get; init; }
}

/// <param name="Spend">Least payment, minor units.</param>
/// <param name="Off">Minor units off, or null where <paramref name="Percent"/> is given.</param>
/// <param name="Percent">Whole percent of the payment, rounded down.</param>
/// <param name="Repeat">Granted once per full <paramref name="Spend"/>.</param>
/// <param name="MaxOff">Upper bound of what the tier takes off, minor units.</param>
public sealed record DiscountTier(long Spend, long? Off, int? Percent, bool Repeat, long? MaxOff);

public enum Channel
{
    /// <summary>Never valid.</summary>
    None = 0,
    Any,
    Online,
    Offline,
}
