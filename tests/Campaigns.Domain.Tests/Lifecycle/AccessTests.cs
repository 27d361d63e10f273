using Campaigns.Domain.Conditions;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Tests.Documents;
using Campaigns.Domain.Values;
using NodaTime;
using NodaTime.Text;

namespace Campaigns.Domain.Tests.Lifecycle;

public sealed class AccessTests
{
    private static readonly Facts Nobody = Facts.Empty;
    private static readonly Facts Resident = Facts.Of(1, [new("card-bound", FactValue.Of(true))], ["resident"]);
    private static readonly Facts Vip = Facts.Of(1, [new("level", FactValue.Of(3))], ["resident", "vip"]);
    private static readonly Standing Live = Standing.Approved;

    [Fact]
    public void EligibleUserOfALiveCampaign_IsAllowed() =>
        Check("scan", Live, Resident, "2027-02-10T00:00:00Z").ShouldBe(new Access(Refusal.None, null, null));

    [Fact]
    public void AllowedUser_HasTheFirstSegmentThatFits()
    {
        var young = Resident.Merge(Facts.Of(1, [new("age-band", FactValue.Of("18-25"))]));

        Check("scan", Live, young, "2027-02-10T00:00:00Z").Segment.ShouldBe("young");
    }

    [Theory]
    [InlineData("2027-01-31T15:59:59Z", Refusal.NotStarted, "starts at 2027-01-31T16:00:00Z")]
    [InlineData("2027-02-28T16:00:00Z", Refusal.Ended, "ended at 2027-02-28T16:00:00Z")]
    [InlineData("2027-02-10T00:00:00Z", Refusal.NotEligible, "required: tagged resident")]
    public void UserWhoIsNotEligible_IsToldTheTimeFirst(string now, Refusal refusal, string detail) =>
        Check("scan", Live, Nobody, now).ShouldBe(new Access(refusal, detail, null));

    [Fact]
    public void AudienceHoldsButRequirementDoesNot_IsToldTheRequirement()
    {
        var unbound = Facts.Of(1, [], ["resident"]);

        Check("scan", Live, unbound, "2027-02-10T00:00:00Z").Detail.ShouldBe("required: card-bound is true");
    }

    [Theory]
    [InlineData("2027-01-10T00:00:00Z")]
    [InlineData("2027-02-10T00:00:00Z")]
    public void Paused_IsToldBeforeEverythingElse(string now) =>
        Check("scan", Live with { Paused = true }, Nobody, now).Refusal.ShouldBe(Refusal.Paused);

    [Theory]
    [InlineData(Stage.Draft, Refusal.NotStarted)]
    [InlineData(Stage.InReview, Refusal.NotStarted)]
    [InlineData(Stage.Settled, Refusal.Ended)]
    [InlineData(Stage.Archived, Refusal.Ended)]
    public void CampaignThatIsNotApproved_AdmitsNobody(Stage stage, Refusal refusal) =>
        Check("scan", new Standing(stage), Resident, "2027-02-10T00:00:00Z").Refusal.ShouldBe(refusal);

    [Fact]
    public void CampaignEndedByHand_TellsWhen()
    {
        var ended = Live with { EndedAt = Instant.FromUtc(2027, 2, 9, 1, 2, 3) };

        Check("scan", ended, Resident, "2027-02-10T00:00:00Z")
            .ShouldBe(new Access(Refusal.Ended, "ended at 2027-02-09T01:02:03Z", null));
    }

    [Theory]
    [InlineData("2027-01-29T15:59:59Z", Refusal.NotStarted)]
    [InlineData("2027-01-29T16:00:00Z", Refusal.None)]
    [InlineData("2027-01-31T15:59:59Z", Refusal.None)]
    public void EarlyUser_BeginsWithinTheWarmUp(string now, Refusal refusal) =>
        Check("daily", Live, Vip, now).Refusal.ShouldBe(refusal);

    [Fact]
    public void EarlyUser_StillNeedsWhatTheActivityRequires() =>
        Check("scan", Live, Vip, "2027-01-30T00:00:00Z").Detail.ShouldBe("required: card-bound is true");

    [Fact]
    public void EarlyUser_DoesNotEnterBeforeTheActivitysWindow() =>
        Check("rain", Live, Vip, "2027-01-30T00:00:00Z")
            .ShouldBe(new Access(Refusal.NotStarted, "starts at 2027-02-04T16:00:00Z", null));

    [Fact]
    public void UserWhoMeetsOnlyPartOfEarlyAccess_WaitsForTheStart()
    {
        var low = Facts.Of(1, [new("level", FactValue.Of(2))], ["resident", "vip"]);

        Check("daily", Live, low, "2027-01-30T00:00:00Z").Refusal.ShouldBe(Refusal.NotStarted);
    }

    [Fact]
    public void ActivityAfterItsWindow_HasEnded() =>
        Check("rain", Live, Resident, "2027-02-05T16:00:00Z")
            .ShouldBe(new Access(Refusal.Ended, "ended at 2027-02-05T16:00:00Z", null));

    private static Access Check(string activity, Standing standing, Facts facts, string now)
    {
        var campaign = Sample.Campaign();
        return Access.Check(
            campaign, campaign.FindActivity(activity)!, standing, facts, InstantPattern.ExtendedIso.Parse(now).Value);
    }
}
