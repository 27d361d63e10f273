using System.Collections.Immutable;
using System.Text;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Tests.Documents;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.Lifecycle;

/// <summary>An approved campaign gets another document: the sample, live since February.</summary>
public sealed class RevisionTests
{
    private static readonly Instant Before = Instant.FromUtc(2027, 1, 1, 0, 0);
    private static readonly Instant During = Instant.FromUtc(2027, 2, 10, 0, 0);
    private static readonly Instant After = Instant.FromUtc(2027, 3, 2, 0, 0);
    private static readonly (string Path, string? Raw) More = ("budget.cash", "2000000");

    private readonly CampaignState _state = new();

    public RevisionTests()
    {
        Take(new DraftCampaign("ann", Sample.Campaign(), Text()), Before);
        Take(new SubmitCampaign("ann"), Before);
        Take(new ApproveCampaign("bob", false, [Seed("scan")]), Before);
    }

    [Fact]
    public void Revision_LeavesTheApprovedDocumentInForce_UntilASecondPersonApprovesIt()
    {
        Take(Revise("ann", 1, More), During);

        (_state.Version, _state.VersionToMatch, _state.Revision!.Version).ShouldBe((1, 2, 2));
        _state.PhaseAt(During).ShouldBe(Phase.Live);
        _state.Campaign!.Budget["cash"].ShouldBe(1_000_000);
        Decide(new ApproveCampaign("ann", false, []), During).Refusal.ShouldBe(Refusal.Forbidden);

        Take(new ApproveCampaign("bob", false, [Seed("more")]), During);

        (_state.Version, _state.VersionToMatch, _state.Revision).ShouldBe((2, 2, null));
        _state.Campaign.Budget["cash"].ShouldBe(2_000_000);
        _state.Seeds.Select(seed => seed.ActivityId).ShouldBe(["scan", "more"]);
        _state.PhaseAt(During).ShouldBe(Phase.Live);
    }

    [Fact]
    public void PauseAndResume_GoOnWhileARevisionWaits_AndThePauseOutlivesItsApproval()
    {
        Take(Revise("ann", 1, More), During);
        Take(new SubmitCampaign("ann"), During);
        Take(new PauseCampaign("bob", null), During);
        Take(new ApproveCampaign("bob", false, []), During);

        _state.PhaseAt(During).ShouldBe(Phase.Paused);
        Take(new ResumeCampaign("bob"), During);
        _state.PhaseAt(During).ShouldBe(Phase.Live);
    }

    [Fact]
    public void Rejected_ARevisionIsDropped_AndItsNumberIsNotGivenAgain()
    {
        Take(Revise("ann", 1, More), During);
        Take(new RejectCampaign("bob", "too dear"), During);

        (_state.Version, _state.VersionToMatch, _state.Revision).ShouldBe((1, 1, null));
        _state.PhaseAt(During).ShouldBe(Phase.Live);
        Take(Revise("ann", 1, More), During);
        _state.Revision!.Version.ShouldBe(3);
    }

    [Fact]
    public void SecondRevision_ReplacesTheFirst_AndBothAuthorsMayNotApprove()
    {
        Take(Revise("ann", 1, More), During);
        Decide(Revise("cal", 1, More), During).Refusal.ShouldBe(Refusal.Stale);
        Take(Revise("cal", 2, More), During);

        foreach (var author in (string[])["ann", "cal"])
        {
            Decide(new ApproveCampaign(author, false, []), During).Refusal.ShouldBe(Refusal.Forbidden);
        }

        Take(new ApproveCampaign("bob", false, []), During);
        _state.Version.ShouldBe(3);
    }

    [Fact]
    public void Ended_NothingIsRevisedOrApprovedAnyMore()
    {
        Take(Revise("ann", 1, More), During);

        Decide(Revise("ann", 2, More), After).Refusal.ShouldBe(Refusal.Ended);
        Decide(new ApproveCampaign("bob", false, []), After).Refusal.ShouldBe(Refusal.Ended);
        Take(new EndCampaign("bob", null), During);
        Decide(new ApproveCampaign("bob", false, []), During).Refusal.ShouldBe(Refusal.WrongPhase);
        Decide(new RejectCampaign("bob", null), During).Refusal.ShouldBe(Refusal.WrongPhase);
    }

    [Theory]
    [InlineData("budget.cash", "1000001")]
    [InlineData("budget.discounts", "30000000")]
    [InlineData("name", "{\"en\": \"Other\"}")]
    [InlineData("activities[0].name", "{\"en\": \"Other\"}")]
    [InlineData("activities[0].name", null)]
    [InlineData("activities[0].caps.total", "6000")]
    [InlineData("activities[2].window.until", "\"2027-02-12T00:00:00+08:00\"")]
    [InlineData("schedule.claimUntil", "\"2027-04-02T00:00:00+08:00\"")]
    [InlineData("catalog.items.tea", "{\"form\": \"virtual\"}")]
    public void SafeChange_IsTaken(string path, string? raw) =>
        Take(Revise("ann", 1, (path, raw)), Instant.FromUtc(2027, 2, 3, 0, 0));

    [Theory]
    [InlineData("$.currency", "currency", "\"USD\"")]
    [InlineData("$.timeZone", "timeZone", "\"Asia/Tokyo\"")]
    [InlineData("$.schedule.start", "schedule.start", "\"2027-02-02T00:00:00+08:00\"")]
    [InlineData("$.schedule.end", "schedule.end", "\"2027-02-27T00:00:00+08:00\"")]
    [InlineData("$.budget.cash", "budget.cash", "999999")]
    [InlineData("$.budget.cash", "budget.cash", null)]
    [InlineData("$.budget.items", "budget.items", "5")]
    [InlineData("$.audience", "audience", "[]")]
    [InlineData("$.earlyAccess", "earlyAccess", null)]
    [InlineData("$.catalog.items.phone", "catalog.items.phone", null)]
    [InlineData("$.catalog.items.phone", "catalog.items.phone.stock", "61")]
    [InlineData("$.activities", "activities[3]", null)]
    [InlineData("$.activities[0].everyDay", "activities[0].everyDay[0].amount", "4")]
    [InlineData("$.activities[0].cycle", "activities[0].cycle", null)]
    [InlineData("$.activities[0].caps.total", "activities[0].caps.total", "4999")]
    [InlineData("$.activities[1].total", "activities[1].total", "50001")]
    [InlineData("$.activities[1].perUser", "activities[1].perUser.perDay", "2")]
    [InlineData("$.activities[2].rounds", "activities[2].rounds[1].until", "\"2027-02-05T21:20:00+08:00\"")]
    [InlineData("$.activities[2].window.until", "activities[2].window.until", "\"2027-02-05T23:00:00+08:00\"")]
    [InlineData("$.activities[4].stock", "activities[4].stock", "1999")]
    [InlineData("$.activities[4].stockPerDay", "activities[4].stockPerDay", "999")]
    [InlineData("$.activities[4].tiers", "activities[4].tiers[0].off", "1999")]
    public void UnsafeChange_IsRefusedByItsPath(string path, string member, string? raw)
    {
        var command = Revise("ann", 1, (member, raw));

        Decide(command, During).Refusal.ShouldBe(Refusal.Invalid);
        CampaignLifecycle.UnsafeChanges(_state, command, During).Select(fault => fault.Path).ShouldBe([path]);
    }

    [Fact]
    public void EveryUnsafeChange_IsNamedAtOnce()
    {
        var command = Revise(
            "ann", 1, ("currency", "\"USD\""), ("budget.cash", "999999"), ("activities[4].stock", "1"));

        CampaignLifecycle.UnsafeChanges(_state, command, During).Select(fault => fault.Path)
            .ShouldBe(["$.currency", "$.budget.cash", "$.activities[4].stock"], ignoreOrder: true);
    }

    [Fact]
    public void MoreStock_IsTaken() => Decide(
        Revise("ann", 1, ("activities[4].stock", "2001"), ("budget.discounts", "20010000")), During).Accepted
        .ShouldBeTrue();

    [Fact]
    public void AddedActivity_BeginsLater_AlsoWhenItIsApproved()
    {
        const string Bonus = """
            {"id": "bonus", "type": "red-packet", "total": 100, "count": 10, "min": 1, "max": 50,
             "split": "uniform", "window": {"from": "2027-02-12T00:00:00+08:00"}}
            """;
        var later = Revise("ann", 1, ("activities[5]", Bonus));
        var atOnce = Revise("ann", 1, ("activities[5]", Bonus.Replace("02-12", "02-02", StringComparison.Ordinal)));

        CampaignLifecycle.UnsafeChanges(_state, atOnce, During).Single().Path
            .ShouldBe("$.activities[5].window.from");
        Take(later, During);
        Decide(new ApproveCampaign("bob", false, []), During + Duration.FromDays(3)).Refusal
            .ShouldBe(Refusal.Invalid);
        Take(new ApproveCampaign("bob", false, []), During);
        _state.Campaign!.FindActivity("bonus").ShouldNotBeNull();
    }

    private static CommittedSeed Seed(string activity) => new(activity, "main", 0, [1], [2]);

    private static ImmutableArray<byte> Text(params (string Path, string? Raw)[] edits) =>
        [.. Encoding.UTF8.GetBytes(Sample.Edit(edits))];

    private static ReplaceCampaign Revise(string by, int ifMatch, params (string Path, string? Raw)[] edits) =>
        new(by, Sample.Campaign(edits), Text(edits), ifMatch);

    private Decision<CampaignEvent> Decide(CampaignCommand command, Instant now) =>
        CampaignLifecycle.Decide(_state, command, now);

    private void Take(CampaignCommand command, Instant now)
    {
        var decision = Decide(command, now);
        decision.Accepted.ShouldBeTrue($"{command}: {decision.Refusal} {decision.Detail}");
        _state.Apply(decision.Event!, now);
    }
}
