using Campaigns.Domain.Documents;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Tests.Documents;
using NodaTime;

namespace Campaigns.Domain.Tests.Lifecycle;

public sealed class StandingTests
{
    private static readonly Campaign Campaign = Sample.Campaign();
    private static readonly Schedule Schedule = Campaign.Schedule;

    [Fact]
    public void ApprovedCampaign_GoesThroughItsPhasesByTime()
    {
        var tick = Duration.Epsilon;

        At(Schedule.WarmUp - tick).ShouldBe(Phase.Approved);
        At(Schedule.WarmUp).ShouldBe(Phase.WarmUp);
        At(Schedule.Start - tick).ShouldBe(Phase.WarmUp);
        At(Schedule.Start).ShouldBe(Phase.Live);
        At(Schedule.End - tick).ShouldBe(Phase.Live);
        At(Schedule.End).ShouldBe(Phase.Ended);
        At(Schedule.ClaimUntil + tick).ShouldBe(Phase.Ended);

        static Phase At(Instant now) => Standing.Approved.PhaseAt(Schedule, now);
    }

    [Theory]
    [InlineData(Stage.None, Phase.None)]
    [InlineData(Stage.Draft, Phase.Draft)]
    [InlineData(Stage.InReview, Phase.InReview)]
    [InlineData(Stage.Settled, Phase.Settled)]
    [InlineData(Stage.Archived, Phase.Archived)]
    public void OtherStages_AreTheirOwnPhaseAtAnyTime(Stage stage, Phase phase)
    {
        new Standing(stage).PhaseAt(Schedule, Schedule.WarmUp - Duration.FromDays(1)).ShouldBe(phase);
        new Standing(stage).PhaseAt(Schedule, Schedule.Start).ShouldBe(phase);
        new Standing(stage).PhaseAt(Schedule, Schedule.End).ShouldBe(phase);
    }

    [Fact]
    public void PausedCampaign_IsPausedUntilItsEnd()
    {
        var paused = Standing.Approved with { Paused = true };

        paused.PhaseAt(Schedule, Schedule.WarmUp - Duration.FromDays(1)).ShouldBe(Phase.Paused);
        paused.PhaseAt(Schedule, Schedule.Start).ShouldBe(Phase.Paused);
        paused.PhaseAt(Schedule, Schedule.End).ShouldBe(Phase.Ended);
    }

    [Fact]
    public void CampaignEndedByHand_IsEndedThoughPaused() =>
        (Standing.Approved with { Paused = true, EndedAt = Schedule.Start })
            .PhaseAt(Schedule, Schedule.Start).ShouldBe(Phase.Ended);

    [Theory]
    [InlineData("2027-02-04T15:59:59Z", Phase.WarmUp)]
    [InlineData("2027-02-04T16:00:00Z", Phase.Live)]
    [InlineData("2027-02-05T15:59:59Z", Phase.Live)]
    [InlineData("2027-02-05T16:00:00Z", Phase.Ended)]
    [InlineData("2027-01-20T00:00:00Z", Phase.Approved)]
    [InlineData("2027-03-05T00:00:00Z", Phase.Ended)]
    public void ActivityWithAWindow_HasAPhaseOfItsOwn(string now, Phase phase) =>
        Standing.Approved.PhaseAt(
            Schedule, Campaign.FindActivity("rain")!, NodaTime.Text.InstantPattern.ExtendedIso.Parse(now).Value)
            .ShouldBe(phase);
}
