using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using NodaTime;

namespace Campaigns.Domain.Conditions;

/// <summary>
/// The facts and tags that must be known before an activity's conditions can be decided: audience, requires, segments,
/// and early access before the start. A missing fact is an answer only where nobody else may know it.
/// </summary>
public sealed record FactNeeds(ImmutableSortedSet<string> Facts, ImmutableSortedSet<string> Tags)
{
    public bool IsNone => Facts.IsEmpty && Tags.IsEmpty;

    public static FactNeeds Of(Campaign campaign, Activity activity, Instant now)
    {
        var early = now < campaign.Schedule.Start ? campaign.EarlyAccess?.For : null;
        var conditions = campaign.Audience
            .Concat(activity.Requires)
            .Concat(activity.Segments.SelectMany(segment => segment.When))
            .Concat(early ?? [])
            .ToList();
        return new FactNeeds(Subjects(conditions, tags: false), Subjects(conditions, tags: true));
    }

    /// <summary>The source tells all of it, so that no other has to be asked.</summary>
    public bool AnsweredBy(Facts facts) =>
        (Tags.IsEmpty || facts.KnowsTags) && Facts.All(facts.Values.ContainsKey);

    private static ImmutableSortedSet<string> Subjects(List<Condition> conditions, bool tags) =>
        conditions.Where(condition => condition.IsTag == tags)
            .Select(condition => condition.Subject)
            .ToImmutableSortedSet(StringComparer.Ordinal);
}
