using Campaigns.Contracts;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Values;
using Campaigns.Grains.Campaigns;
using NodaTime;

namespace Campaigns.Grains.Access;

/// <summary>Whether a user may take part, and what a draw records of it.</summary>
/// <param name="Segment">Index of the user's segment in the document, or -1.</param>
/// <param name="EarlyFrom">From when on early access lets this user in, before the campaign's start.</param>
internal readonly record struct Admission(
    Refusal Refusal, string? Detail, int Segment, Instant? EarlyFrom);

/// <summary>The domain's access rule, asked with what came over the wire.</summary>
internal static class ActivityAccess
{
    public static Admission Check(LiveCampaign live, Activity activity, FactSet facts, Instant now) =>
        Check(live, activity, live.Needs(activity).IsNone ? Facts.Empty : FactsWire.Read(facts), now);

    public static Admission Check(LiveCampaign live, Activity activity, Facts facts, Instant now)
    {
        var access = Domain.Lifecycle.Access.Check(live.Document, activity, live.Standing, facts, now);
        return new Admission(
            access.Refusal,
            access.Detail,
            access.Segment is { } segment ? IndexOf(activity, segment) : -1,
            access.Allowed && now < live.Document.Schedule.Start ? live.Document.EarlyAccess?.From : null);
    }

    private static int IndexOf(Activity activity, string segment)
    {
        for (var index = 0; index < activity.Segments.Length; index++)
        {
            if (activity.Segments[index].Id == segment)
            {
                return index;
            }
        }

        return -1;
    }
}
