using System.Collections.Immutable;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Stocks;
using NodaTime;

namespace Campaigns.Domain.Documents;

/// <summary>What every activity of a document may have; a mechanic derives from it in its own folder.</summary>
public abstract record Activity
{
    public required string Id { get; init; }

    /// <summary>The document's <c>type</c>.</summary>
    public abstract string Type { get; }

    public required ImmutableSortedDictionary<string, string> Name { get; init; }

    /// <summary>Narrows the campaign's own start and end.</summary>
    public Window? Window { get; init; }

    public required ImmutableArray<Condition> Requires { get; init; }

    /// <summary>In order: a user belongs to the first segment whose conditions all hold.</summary>
    public required ImmutableArray<Segment> Segments { get; init; }

    public required UserLimits PerUser { get; init; }

    /// <summary>The most money that the activity may pay out, minor units; null where the type bounds itself.</summary>
    public long? CapTotal { get; init; }

    /// <summary>
    /// The most that the activity can cost each budget category, minor units; null where it has no bound. Categories
    /// that it cannot cost are absent.
    /// </summary>
    public abstract ImmutableSortedDictionary<string, long?> WorstCase();

    /// <summary>Its finite stocks with holds, in the order of their numbers; approval funds them.</summary>
    public virtual ImmutableArray<StockPlan> Stocks(Campaign campaign) => [];

    /// <summary>The seeds that everything random in it follows from, committed to at approval.</summary>
    public virtual ImmutableArray<SeedPlan> Seeds(Campaign campaign) => [];
}

/// <summary>From <paramref name="From"/> (included) until <paramref name="Until"/> (excluded); null is open.</summary>
public sealed record Window(Instant? From, Instant? Until);

/// <summary>A group of users with odds of its own; named in receipts.</summary>
public sealed record Segment(string Id, ImmutableArray<Condition> When);

/// <summary>How often one user may do it; null is unlimited. Days and months are the campaign zone's.</summary>
public sealed record UserLimits(int? Total, int? PerDay, int? PerMonth, int? PerRound)
{
    public static UserLimits None { get; } = new(null, null, null, null);
}
