using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Lifecycle;

/// <summary>
/// The steps that operators may take: draft, replace, submit, approve or reject, then pause, resume and end, and after
/// the end settle and archive.
/// </summary>
public static class CampaignLifecycle
{
    /// <summary>The step to commit, or not-found, exists, stale, invalid, forbidden, ended or wrong-phase.</summary>
    public static Decision<CampaignEvent> Decide(CampaignState state, CampaignCommand command, Instant now)
    {
        if (command is DraftCampaign draft)
        {
            return Draft(state, draft);
        }

        if (state.Campaign is null)
        {
            return Refusal.NotFound;
        }

        var phase = state.PhaseAt(now);
        return command switch
        {
            ReplaceCampaign replace => Replace(state, replace, phase),
            SubmitCampaign submit => Submit(state, submit, phase, now),
            ApproveCampaign approve => Approve(state, approve, phase, now),
            RejectCampaign reject when phase == Phase.InReview => new CampaignRejected(reject.By, reject.Reason),
            PauseCampaign pause when CanPause(phase) => new CampaignPaused(pause.By, pause.Reason),
            ResumeCampaign resume when phase == Phase.Paused => new CampaignResumed(resume.By),
            EndCampaign end when CanPause(phase) || phase == Phase.Paused => new CampaignEnded(end.By, end.Reason),
            SettleCampaign settle when phase == Phase.Ended => new CampaignSettled(settle.By),
            ArchiveCampaign archive when phase == Phase.Settled => new CampaignArchived(archive.By),
            PauseCampaign or ResumeCampaign or EndCampaign when phase == Phase.Ended => Refusal.Ended,
            _ => Wrong(phase),
        };
    }

    private static Decision<CampaignEvent> Draft(CampaignState state, DraftCampaign draft) =>
        state.Campaign is null
            ? new CampaignDrafted(draft.By, draft.Campaign.Id, draft.Document)
            : Decision<CampaignEvent>.Refuse(Refusal.Exists, $"the campaign {draft.Campaign.Id} exists");

    private static Decision<CampaignEvent> Replace(CampaignState state, ReplaceCampaign replace, Phase phase)
    {
        if (replace.IfMatch != state.Version)
        {
            return Decision<CampaignEvent>.Refuse(Refusal.Stale, $"the version is {state.Version}");
        }

        if (phase != Phase.Draft)
        {
            return Wrong(phase);
        }

        return replace.Campaign.Id == state.Campaign!.Id
            ? new CampaignReplaced(replace.By, state.Version + 1, replace.Document)
            : Decision<CampaignEvent>.Refuse(Refusal.Invalid, $"$.id must be {state.Campaign.Id}");
    }

    private static Decision<CampaignEvent> Submit(
        CampaignState state, SubmitCampaign submit, Phase phase, Instant now) =>
        phase != Phase.Draft ? Wrong(phase)
            : IsOver(state, now) ? Over()
            : new CampaignSubmitted(submit.By, state.Version);

    private static Decision<CampaignEvent> Approve(
        CampaignState state, ApproveCampaign approve, Phase phase, Instant now)
    {
        if (IsOver(state, now))
        {
            return Over();
        }

        if (!approve.AuthorMayApprove && state.Authors.Contains(approve.By))
        {
            return Decision<CampaignEvent>.Refuse(Refusal.Forbidden, "an author of the document may not approve it");
        }

        return phase == Phase.InReview
            ? new CampaignApproved(approve.By, state.Version, approve.Seeds)
            : Wrong(phase);
    }

    private static bool CanPause(Phase phase) => phase is Phase.Approved or Phase.WarmUp or Phase.Live;

    private static bool IsOver(CampaignState state, Instant now) => now >= state.Campaign!.Schedule.End;

    private static Decision<CampaignEvent> Over() =>
        Decision<CampaignEvent>.Refuse(Refusal.Ended, "the schedule's end has passed");

    private static Decision<CampaignEvent> Wrong(Phase phase) =>
        Decision<CampaignEvent>.Refuse(Refusal.WrongPhase, $"the campaign is {Name(phase)}");

    private static string Name(Phase phase) => phase switch
    {
        Phase.InReview => "in review",
        Phase.WarmUp => "in its warm-up",
        _ => phase.ToString().ToLowerInvariant(),
    };
}
