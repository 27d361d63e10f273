using System.Collections.Immutable;
using Campaigns.Contracts;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;
using Campaigns.Grains.Seeds;
using NodaTime;
using CampaignRevision = Campaigns.Contracts.CampaignRevision;
using CampaignState = Campaigns.Contracts.CampaignState;
using DocumentWarning = Campaigns.Contracts.DocumentWarning;

namespace Campaigns.Grains.Campaigns;

/// <summary>
/// One campaign. A step is committed, then announced in the directory, then answered: a caller who was told "paused"
/// knows that every cache hears of it with its next poll.
/// </summary>
[Reentrant]
internal sealed partial class CampaignGrain(JournalServices services, SeedMint mint)
    : JournaledGrain<CampaignGrainState>(services), ICampaignGrain
{
    private long _announced;

    protected override string StreamName => StreamNames.Campaign(this.GetPrimaryKeyString());

    protected override bool TakesCredits => true;

    protected override CampaignGrainState NewState() => new();

    public Task<CampaignReply> Create(DocumentCommand command) => WithDocument(
        command, (campaign, document) => new DraftCampaign(command.Author, campaign, document));

    public Task<CampaignReply> Replace(DocumentCommand command) => command.IfMatch is { } version
        ? WithDocument(
            command,
            (campaign, document) => new ReplaceCampaign(
                command.Author, campaign, document, (int)Math.Min(version, int.MaxValue)))
        : Task.FromResult(new CampaignReply(Outcome.PreconditionRequired));

    public Task<CampaignReply> Act(LifecycleCommand command) => DecideAsync(
        command.Action switch
        {
            LifecycleAction.Submit => new SubmitCampaign(command.Actor),
            LifecycleAction.Approve => new ApproveCampaign(
                command.Actor,
                Services.Options.SelfApproval,
                State.Life.Revision is { } revision ? mint.For(revision.Campaign, State.Life.Campaign)
                    : State.Life.Campaign is { } campaign ? mint.For(campaign)
                    : []),
            LifecycleAction.Reject => new RejectCampaign(command.Actor, command.Reason),
            LifecycleAction.Pause => new PauseCampaign(command.Actor, command.Reason),
            LifecycleAction.Resume => new ResumeCampaign(command.Actor),
            LifecycleAction.End => new EndCampaign(command.Actor, command.Reason),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.Action, "No such step."),
        },
        []);

    public async Task<CampaignReply> Get()
    {
        if (State.Life.Campaign is null)
        {
            return new CampaignReply(Outcome.NotFound);
        }

        var state = Describe();
        return await Journal.DurableAsync()
            ? new CampaignReply(Outcome.Done, state)
            : new CampaignReply(Outcome.Unavailable);
    }

    public async Task<CampaignDefinition?> GetDefinition(long atLeast)
    {
        RequireVersion(atLeast);
        var life = State.Life;
        if (life.Campaign is null || life.ApprovedBy is null || life.Standing.Stage < Stage.Approved)
        {
            return null;
        }

        var definition = new CampaignDefinition(
            life.Campaign.Id,
            Journal.Version,
            life.Version,
            LifecycleWire.Write(life.Standing),
            [.. life.Document!.Value],
            [.. life.Seeds.Select(seed => new SealedSeed(
                seed.ActivityId, seed.Round, [.. seed.Sealed], [.. seed.Commitment]))],
            life.Standing.EndedAt?.ToDateTimeOffset(),
            State.PoolsSettled);
        return await Journal.DurableAsync()
            ? definition
            : throw new TimeoutException("The campaign's last change is not durable yet.");
    }

    private Task<CampaignReply> WithDocument(
        DocumentCommand command, Func<Campaign, ImmutableArray<byte>, CampaignCommand> commandOf)
    {
        var parsed = CampaignDocument.Parse(command.Document);
        if (parsed.Campaign is not { } campaign)
        {
            return Task.FromResult(new CampaignReply(
                Outcome.Invalid,
                Faults:
                [
                    .. parsed.Faults.Select(fault => new DocumentFault(fault.Path, fault.Message, fault.Malformed)),
                ]));
        }

        if (campaign.Id != this.GetPrimaryKeyString())
        {
            return Task.FromResult(new CampaignReply(
                Outcome.Invalid,
                Faults:
                [
                    new DocumentFault("$.id", $"must be {this.GetPrimaryKeyString()}, the campaign that is replaced"),
                ]));
        }

        return DecideAsync(
            commandOf(campaign, [.. command.Document]),
            [.. parsed.Warnings.Select(warning => new DocumentWarning(warning.Code, warning.Path, warning.Message))]);
    }

    private async Task<CampaignReply> DecideAsync(CampaignCommand command, DocumentWarning[] warnings)
    {
        if (Journal.IsLost)
        {
            return new CampaignReply(Outcome.Unavailable);
        }

        var now = Instant.FromUnixTimeMilliseconds(Journal.Now);
        var decision = CampaignLifecycle.Decide(State.Life, command, now);
        var unsafeChanges = decision.Refusal == Refusal.Invalid
            ? CampaignLifecycle.UnsafeChanges(State.Life, command, now)
            : [];
        if (decision.Accepted)
        {
            var drafts = Drafts(decision.Event);
            if (!Journal.TryBegin(drafts.Count))
            {
                return new CampaignReply(Outcome.Overloaded);
            }

            foreach (var draft in drafts)
            {
                Journal.Stage(draft);
            }

            Journal.Commit();
        }

        var state = State.Life.Campaign is null ? null : Describe();
        var version = Journal.Version;
        if (!await Journal.DurableAsync())
        {
            return new CampaignReply(Outcome.Unavailable);
        }

        // A refusal too: the step that it repeats may be the one whose announcement was lost.
        var announced = await AnnounceAsync(version);
        if (announced != Outcome.Done)
        {
            return new CampaignReply(announced);
        }

        return decision.Accepted
            ? new CampaignReply(Outcome.Done, state, Warnings: warnings)
            : new CampaignReply(
                Outcomes.Of(decision.Refusal),
                Faults: [.. unsafeChanges.Select(fault => new DocumentFault(fault.Path, fault.Message))],
                Detail: decision.Detail);
    }

    private async Task<Outcome> AnnounceAsync(long version)
    {
        if (version <= _announced)
        {
            return Outcome.Done;
        }

        var directory = GrainFactory.DirectoryWriter();
        var announced = await directory.Announce(this.GetPrimaryKeyString(), version);
        if (announced == Outcome.Unavailable)
        {
            // Another campaign's announcement from elsewhere may have come first; by now the directory has met it.
            announced = await directory.Announce(this.GetPrimaryKeyString(), version);
        }

        _announced = announced == Outcome.Done ? Math.Max(_announced, version) : _announced;
        return announced;
    }

    /// <summary>
    /// While a cluster's membership changes there may be two activations. The one that lacks what the directory tells
    /// must not answer: its copy would pass for confirmed.
    /// </summary>
    private void RequireVersion(long atLeast)
    {
        if (Journal.Version < atLeast)
        {
            Journal.Lose();
            throw new TimeoutException("This activation was overtaken by another one; ask again.");
        }
    }

    private List<EntryDraft> Drafts(CampaignEvent step)
    {
        var drafts = new List<EntryDraft> { new(step.Kind, Payloads.Of(step.Write)) };
        if (step is CampaignApproved approved)
        {
            AddFunding(drafts, approved);
        }

        return drafts;
    }

    private void AddFunding(List<EntryDraft> drafts, CampaignApproved approved)
    {
        var self = StreamId.Of(StreamName);
        var funding = CampaignFunding.Of(State, approved, mint);
        foreach (var (unit, amount) in funding.Budget)
        {
            drafts.Add(new EntryDraft(
                EntryKind.BudgetFunded, Payloads.Of(payload => payload.Text(unit)), self, unit, amount));
        }

        foreach (var share in funding.Shares)
        {
            drafts.Add(new EntryDraft(
                EntryKind.PoolFunded,
                Payloads.Of(payload => payload.Text(share.Pool).Signed(approved.Version)),
                StreamId.Of(share.Pool),
                share.Unit,
                share.Amount));
        }
    }

    private CampaignState Describe()
    {
        var life = State.Life;
        return new CampaignState(
            life.Campaign!.Id,
            life.Version,
            LifecycleWire.Write(life.Standing),
            life.Author!,
            life.ApprovedBy,
            [.. life.Document!.Value],
            life.Revision is { } revision
                ? new CampaignRevision(revision.Version, revision.Author, [.. revision.Document])
                : null);
    }
}
