using Campaigns.Domain.Documents;
using NodaTime;

namespace Campaigns.Domain.Lifecycle;

/// <summary>
/// Everything besides the document and the time that a campaign's phase depends on: what caches carry.
/// </summary>
/// <param name="EndedAt">An operator ended it then, before its schedule did.</param>
public readonly record struct Standing(Stage Stage, bool Paused = false, Instant? EndedAt = null)
{
    public static Standing Approved => new(Stage.Approved);

    public Phase PhaseAt(Schedule schedule, Instant now) => Stage switch
    {
        Stage.None => Phase.None,
        Stage.Draft => Phase.Draft,
        Stage.InReview => Phase.InReview,
        Stage.Settled => Phase.Settled,
        Stage.Archived => Phase.Archived,
        _ when EndedAt is not null || now >= schedule.End => Phase.Ended,
        _ when Paused => Phase.Paused,
        _ when now >= schedule.Start => Phase.Live,
        _ when now >= schedule.WarmUp => Phase.WarmUp,
        _ => Phase.Approved,
    };

    /// <summary>The activity's own phase: the campaign's, and within a live one what its window makes of it.</summary>
    public Phase PhaseAt(Schedule schedule, Activity activity, Instant now)
    {
        var phase = PhaseAt(schedule, now);
        if (phase is not (Phase.Live or Phase.WarmUp))
        {
            return phase;
        }

        return now >= activity.Window?.Until ? Phase.Ended
            : now < activity.Window?.From ? Phase.WarmUp
            : phase;
    }
}
