using Campaigns.Domain.Conditions;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Values;
using NodaTime;
using NodaTime.Text;

namespace Campaigns.Domain.Lifecycle;

/// <summary>Whether a user may take part in an activity now: <see cref="Refusal.None"/>, or why not.</summary>
/// <param name="Segment">The user's segment in the activity; null: in none of them.</param>
public readonly record struct Access(Refusal Refusal, string? Detail, string? Segment)
{
    public bool Allowed => Refusal == Refusal.None;

    /// <summary>
    /// Decides in the precedence of <see cref="Refusal"/>: paused, not started, ended, not eligible. Early access lets
    /// those whom its conditions name begin before the start, not before the activity's window. Whether the user is
    /// frozen is the caller's to know, and comes first.
    /// </summary>
    public static Access Check(Campaign campaign, Activity activity, Standing standing, Facts facts, Instant now)
    {
        var phase = standing.PhaseAt(campaign.Schedule, now);
        switch (phase)
        {
            case Phase.Paused:
                return Refuse(Refusal.Paused, "the campaign is paused");
            case Phase.Ended or Phase.Settled or Phase.Archived:
                return Refuse(Refusal.Ended, $"ended at {Show(standing.EndedAt ?? campaign.Schedule.End)}");
            case Phase.Live:
                break;
            case Phase.WarmUp when IsEarly(campaign, facts, now):
                break;
            default:
                return Refuse(Refusal.NotStarted, $"starts at {Show(campaign.Schedule.Start)}");
        }

        if (now < activity.Window?.From)
        {
            return Refuse(Refusal.NotStarted, $"starts at {Show(activity.Window.From.Value)}");
        }

        if (now >= activity.Window?.Until)
        {
            return Refuse(Refusal.Ended, $"ended at {Show(activity.Window.Until.Value)}");
        }

        var failing = Condition.FirstFailing(campaign.Audience, facts)
            ?? Condition.FirstFailing(activity.Requires, facts);
        return failing is null
            ? new Access(Refusal.None, null, SegmentOf(activity, facts))
            : Refuse(Refusal.NotEligible, $"required: {failing.Describe()}");
    }

    /// <summary>The first segment whose conditions all hold.</summary>
    public static string? SegmentOf(Activity activity, Facts facts)
    {
        foreach (var segment in activity.Segments)
        {
            if (Condition.FirstFailing(segment.When, facts) is null)
            {
                return segment.Id;
            }
        }

        return null;
    }

    private static bool IsEarly(Campaign campaign, Facts facts, Instant now) =>
        campaign.EarlyAccess is { } early
        && now >= early.From
        && Condition.FirstFailing(early.For, facts) is null;

    private static Access Refuse(Refusal refusal, string detail) => new(refusal, detail, null);

    private static string Show(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
