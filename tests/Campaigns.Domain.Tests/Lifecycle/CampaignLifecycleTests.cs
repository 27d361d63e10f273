using System.Collections.Immutable;
using System.Text;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Tests.Documents;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.Lifecycle;

public sealed class CampaignLifecycleTests
{
    private static readonly Instant Before = Instant.FromUtc(2027, 1, 1, 0, 0);
    private static readonly Instant During = Instant.FromUtc(2027, 2, 10, 0, 0);
    private static readonly Instant After = Instant.FromUtc(2027, 3, 2, 0, 0);
    private static readonly ImmutableArray<byte> Document = [.. Encoding.UTF8.GetBytes(Sample.Text)];

    private readonly CampaignState _state = new();

    [Fact]
    public void WholeLife_GoesThroughEveryPhase()
    {
        Take(Draft("ann"), Before);
        _state.PhaseAt(Before).ShouldBe(Phase.Draft);
        Take(new SubmitCampaign("ann"), Before);
        _state.PhaseAt(Before).ShouldBe(Phase.InReview);
        Take(new ApproveCampaign("bob", false, []), Before);
        _state.PhaseAt(Before).ShouldBe(Phase.Approved);
        _state.PhaseAt(During).ShouldBe(Phase.Live);
        Take(new PauseCampaign("bob", "odd traffic"), During);
        _state.PhaseAt(During).ShouldBe(Phase.Paused);
        Take(new ResumeCampaign("bob"), During);
        _state.PhaseAt(During).ShouldBe(Phase.Live);
        Take(new EndCampaign("bob", null), During);
        _state.PhaseAt(During).ShouldBe(Phase.Ended);
        _state.Standing.EndedAt.ShouldBe(During);
        Take(new SettleCampaign("bob"), After);
        _state.PhaseAt(After).ShouldBe(Phase.Settled);
        Take(new ArchiveCampaign("bob"), After);
        _state.PhaseAt(After).ShouldBe(Phase.Archived);
    }

    [Fact]
    public void Author_MayNotApprove_UnlessTheHostAllowsIt()
    {
        Take(Draft("ann"), Before);
        Take(new SubmitCampaign("ann"), Before);

        Decide(new ApproveCampaign("ann", false, []), Before).Refusal.ShouldBe(Refusal.Forbidden);
        Decide(new ApproveCampaign("ann", true, []), Before).Accepted.ShouldBeTrue();
        Decide(new ApproveCampaign("bob", false, []), Before).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void EveryoneWhoWroteAVersion_IsAnAuthor()
    {
        Take(Draft("ann"), Before);
        Take(Replace("bob", 1), Before);
        Take(new SubmitCampaign("cal"), Before);

        Decide(new ApproveCampaign("ann", false, []), Before).Refusal.ShouldBe(Refusal.Forbidden);
        Decide(new ApproveCampaign("bob", false, []), Before).Refusal.ShouldBe(Refusal.Forbidden);
        Decide(new ApproveCampaign("cal", false, []), Before).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void Replace_NeedsTheVersionThatTheAuthorSaw()
    {
        Take(Draft("ann"), Before);
        Take(Replace("ann", 1), Before);

        _state.Version.ShouldBe(2);
        Decide(Replace("ann", 1), Before).Refusal.ShouldBe(Refusal.Stale);
        Decide(Replace("ann", 3), Before).Refusal.ShouldBe(Refusal.Stale);
        Decide(Replace("ann", 2), Before).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void Replace_KeepsTheCampaignsId()
    {
        Take(Draft("ann"), Before);
        var other = Sample.Campaign(("id", "\"other\""));

        Decide(new ReplaceCampaign("ann", other, Document, 1), Before).ShouldSatisfyAllConditions(
            decision => decision.Refusal.ShouldBe(Refusal.Invalid),
            decision => decision.Detail.ShouldBe("$.id must be ny2027"));
    }

    [Fact]
    public void Reject_MakesItADraftAgain()
    {
        Take(Draft("ann"), Before);
        Take(new SubmitCampaign("ann"), Before);
        Decide(Replace("ann", 1), Before).Refusal.ShouldBe(Refusal.WrongPhase);

        Take(new RejectCampaign("bob", "too generous"), Before);

        _state.PhaseAt(Before).ShouldBe(Phase.Draft);
        Decide(Replace("ann", 1), Before).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void SecondDraftOfOneId_IsRefused()
    {
        Take(Draft("ann"), Before);

        Decide(Draft("ann"), Before).Refusal.ShouldBe(Refusal.Exists);
    }

    [Fact]
    public void UnknownCampaign_IsNotFound()
    {
        Decide(new SubmitCampaign("ann"), Before).Refusal.ShouldBe(Refusal.NotFound);
        Decide(new PauseCampaign("ann", null), Before).Refusal.ShouldBe(Refusal.NotFound);
    }

    [Fact]
    public void CampaignWhoseEndHasPassed_IsNeitherSubmittedNorApprovedNorPaused()
    {
        Take(Draft("ann"), Before);
        Decide(new SubmitCampaign("ann"), After).Refusal.ShouldBe(Refusal.Ended);
        Take(new SubmitCampaign("ann"), Before);
        Decide(new ApproveCampaign("bob", false, []), After).Refusal.ShouldBe(Refusal.Ended);
        Take(new ApproveCampaign("bob", false, []), Before);

        Decide(new PauseCampaign("bob", null), After).Refusal.ShouldBe(Refusal.Ended);
        Decide(new ResumeCampaign("bob"), After).Refusal.ShouldBe(Refusal.Ended);
        Decide(new EndCampaign("bob", null), After).Refusal.ShouldBe(Refusal.Ended);
        Decide(new SettleCampaign("bob"), After).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void StepsOutOfOrder_AreRefusedWithThePhase()
    {
        Take(Draft("ann"), Before);

        foreach (var command in new CampaignCommand[]
        {
            new ApproveCampaign("bob", false, []), new RejectCampaign("bob", null), new PauseCampaign("bob", null),
            new ResumeCampaign("bob"), new EndCampaign("bob", null), new SettleCampaign("bob"),
            new ArchiveCampaign("bob"),
        })
        {
            Decide(command, Before).ShouldSatisfyAllConditions(
                decision => decision.Refusal.ShouldBe(Refusal.WrongPhase),
                decision => decision.Detail.ShouldBe("the campaign is draft"));
        }
    }

    [Fact]
    public void PauseAndResume_AreRefusedTwice()
    {
        Take(Draft("ann"), Before);
        Take(new SubmitCampaign("ann"), Before);
        Take(new ApproveCampaign("bob", false, []), Before);
        Decide(new ResumeCampaign("bob"), During).Refusal.ShouldBe(Refusal.WrongPhase);
        Take(new PauseCampaign("bob", null), During);
        Decide(new PauseCampaign("bob", null), During).Refusal.ShouldBe(Refusal.WrongPhase);
    }

    [Fact]
    public void DocumentOfTheJournalThatIsRefusedNow_StopsTheReplay() =>
        Should.Throw<FormatException>(() =>
            _state.Apply(new CampaignDrafted("ann", "ny2027", [.. "{}"u8]), Before));

    private static DraftCampaign Draft(string by) => new(by, Sample.Campaign(), Document);

    private static ReplaceCampaign Replace(string by, int ifMatch) => new(by, Sample.Campaign(), Document, ifMatch);

    private Decision<CampaignEvent> Decide(CampaignCommand command, Instant now) =>
        CampaignLifecycle.Decide(_state, command, now);

    private void Take(CampaignCommand command, Instant now)
    {
        var decision = Decide(command, now);
        decision.Accepted.ShouldBeTrue($"{command}: {decision.Refusal} {decision.Detail}");
        _state.Apply(decision.Event!, now);
    }
}
