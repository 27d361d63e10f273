using System.Collections.Immutable;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Time;
using NodaTime;

namespace Campaigns.Domain.Documents;

/// <summary>A campaign document after validation: every reference resolves, every bound holds.</summary>
public sealed record Campaign
{
    public required string Id { get; init; }

    /// <summary>Language tag to text.</summary>
    public required ImmutableSortedDictionary<string, string> Name { get; init; }

    /// <summary>ISO 4217 code; money is in its minor unit.</summary>
    public required string Currency { get; init; }

    /// <summary>Where business days begin and end.</summary>
    public required DateTimeZone TimeZone { get; init; }

    public required Schedule Schedule { get; init; }

    /// <summary>
    /// Budget category (<see cref="BudgetCategory"/>) to minor units; a category that is absent is not capped.
    /// </summary>
    public required ImmutableSortedDictionary<string, long> Budget { get; init; }

    public required ImmutableArray<Condition> Audience { get; init; }

    public EarlyAccess? EarlyAccess { get; init; }

    public required ImmutableArray<Activity> Activities { get; init; }

    public BusinessCalendar Calendar => new(TimeZone);

    public Activity? FindActivity(string id) => Activities.FirstOrDefault(activity => activity.Id == id);
}

/// <summary>Instants of a campaign, UTC; a window is closed at its start and open at its end.</summary>
public sealed record Schedule(Instant WarmUp, Instant Start, Instant End, Instant ClaimUntil);

/// <summary>Users who may begin before <see cref="Schedule.Start"/>.</summary>
public sealed record EarlyAccess(Instant From, ImmutableArray<Condition> For);

/// <summary>Names of budget categories.</summary>
public static class BudgetCategory
{
    /// <summary>Cash and restricted cash.</summary>
    public const string Cash = "cash";

    public const string Discounts = "discounts";

    /// <summary>Face value of coupons.</summary>
    public const string Coupons = "coupons";

    public const string Items = "items";

    public static ImmutableArray<string> All { get; } = [Cash, Coupons, Discounts, Items];
}
