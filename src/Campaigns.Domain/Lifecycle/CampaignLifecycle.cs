using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Lifecycle;

/// <summary>
/// The steps that operators may take: draft, replace, submit, approve or reject, then pause, resume and end, and after
/// the end settle and archive. While it is approved it may be revised: the new document is in review at once, and in
/// force once a second person approves it.
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
            ReplaceCampaign replace => Replace(state, replace, phase, now),
            SubmitCampaign submit => Submit(state, submit, phase, now),
            ApproveCampaign approve => Approve(state, approve, phase, now),
            RejectCampaign reject when phase == Phase.InReview || IsRevised(state, phase) =>
                new CampaignRejected(reject.By, reject.Reason),
            PauseCampaign pause when CanPause(phase) => new CampaignPaused(pause.By, pause.Reason),
            ResumeCampaign resume when phase == Phase.Paused => new CampaignResumed(resume.By),
            EndCampaign end when CanPause(phase) || phase == Phase.Paused => new CampaignEnded(end.By, end.Reason),
            SettleCampaign settle when phase == Phase.Ended => new CampaignSettled(settle.By),
            ArchiveCampaign archive when phase == Phase.Settled => new CampaignArchived(archive.By),
            PauseCampaign or ResumeCampaign or EndCampaign when phase == Phase.Ended => Refusal.Ended,
            _ => Wrong(phase),
        };
    }

    /// <summary>
    /// What the command would change that must not change any more: why it is refused as invalid. Empty for all other
    /// commands.
    /// </summary>
    public static ImmutableArray<Fault> UnsafeChanges(CampaignState state, CampaignCommand command, Instant now)
    {
        if (state.Campaign is null || !CanRevise(state.PhaseAt(now)))
        {
            return [];
        }

        return command switch
        {
            ReplaceCampaign replace => LiveChange.Faults(
                state.Campaign, state.Document!.Value, replace.Campaign, replace.Document, now),
            ApproveCampaign when state.Revision is { } revision => LiveChange.Faults(
                state.Campaign, state.Document!.Value, revision.Campaign, revision.Document, now),
            _ => [],
        };
    }

    private static Decision<CampaignEvent> Draft(CampaignState state, DraftCampaign draft) =>
        state.Campaign is null
            ? new CampaignDrafted(draft.By, draft.Campaign.Id, draft.Document)
            : Decision<CampaignEvent>.Refuse(Refusal.Exists, $"the campaign {draft.Campaign.Id} exists");

    private static Decision<CampaignEvent> Replace(
        CampaignState state, ReplaceCampaign replace, Phase phase, Instant now)
    {
        if (replace.IfMatch != state.VersionToMatch)
        {
            return Decision<CampaignEvent>.Refuse(Refusal.Stale, $"the version is {state.VersionToMatch}");
        }

        if (phase != Phase.Draft && !CanRevise(phase))
        {
            return phase == Phase.Ended ? Over() : Wrong(phase);
        }

        if (replace.Campaign.Id != state.Campaign!.Id)
        {
            return Decision<CampaignEvent>.Refuse(Refusal.Invalid, $"$.id must be {state.Campaign.Id}");
        }

        var version = state.LatestVersion + 1;
        return phase == Phase.Draft ? new CampaignReplaced(replace.By, version, replace.Document)
            : Unsafe(state, replace, now) ?? new CampaignRevised(replace.By, version, replace.Document);
    }

    private static Decision<CampaignEvent> Submit(
        CampaignState state, SubmitCampaign submit, Phase phase, Instant now) =>
        IsRevised(state, phase) ? new CampaignSubmitted(submit.By, state.Revision!.Version)
            : phase != Phase.Draft ? Wrong(phase)
            : IsOver(state, now) ? Over()
            : new CampaignSubmitted(submit.By, state.Version);

    private static Decision<CampaignEvent> Approve(
        CampaignState state, ApproveCampaign approve, Phase phase, Instant now)
    {
        if (IsOver(state, now))
        {
            return Over();
        }

        var authors = state.Revision?.Authors ?? state.Authors;
        if (!approve.AuthorMayApprove && authors.Contains(approve.By))
        {
            return Decision<CampaignEvent>.Refuse(Refusal.Forbidden, "an author of the document may not approve it");
        }

        if (IsRevised(state, phase))
        {
            return Unsafe(state, approve, now)
                ?? new CampaignApproved(approve.By, state.Revision!.Version, approve.Seeds);
        }

        return phase == Phase.InReview
            ? new CampaignApproved(approve.By, state.Version, approve.Seeds)
            : Wrong(phase);
    }

    private static Decision<CampaignEvent>? Unsafe(CampaignState state, CampaignCommand command, Instant now)
    {
        var faults = UnsafeChanges(state, command, now);
        if (faults.IsEmpty)
        {
            return null;
        }

        return Decision<CampaignEvent>.Refuse(Refusal.Invalid, $"{faults[0].Path} {faults[0].Message}");
    }

    private static bool CanRevise(Phase phase) => CanPause(phase) || phase == Phase.Paused;

    private static bool IsRevised(CampaignState state, Phase phase) => state.Revision is not null && CanRevise(phase);

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
