using Campaigns.Domain.Conditions;
using Campaigns.Domain.Tests.Documents;
using NodaTime;

namespace Campaigns.Domain.Tests.Conditions;

public sealed class FactNeedsTests
{
    private static readonly Instant Live = Instant.FromUtc(2027, 2, 5, 12, 0);
    private static readonly Instant WarmUp = Instant.FromUtc(2027, 1, 31, 12, 0);

    [Fact]
    public void Needs_AreThoseOfAudienceRequirementsAndSegments()
    {
        var campaign = Sample.Campaign();

        var needs = FactNeeds.Of(campaign, campaign.FindActivity("scan")!, Live);

        needs.Facts.ShouldBe(["age-band", "card-bound"]);
        needs.Tags.ShouldBe(["resident"]);
    }

    [Fact]
    public void BeforeTheStart_EarlyAccessNeedsItsFactsToo()
    {
        var campaign = Sample.Campaign();

        var needs = FactNeeds.Of(campaign, campaign.FindActivity("daily")!, WarmUp);

        needs.Facts.ShouldBe(["level"]);
        needs.Tags.ShouldBe(["resident", "vip"]);
    }

    [Fact]
    public void TokenWithEveryFact_AnswersUnlessTagsAreNeeded()
    {
        KeyValuePair<string, FactValue>[] known =
            [new("age-band", FactValue.Of("18-25")), new("card-bound", FactValue.Of(false))];
        var tagged = Sample.Campaign();
        var untagged = Sample.Campaign(("audience", null));
        var taggedNeeds = FactNeeds.Of(tagged, tagged.FindActivity("scan")!, Live);
        var untaggedNeeds = FactNeeds.Of(untagged, untagged.FindActivity("scan")!, Live);

        untaggedNeeds.AnsweredBy(Facts.Of(1, known)).ShouldBeTrue();
        untaggedNeeds.AnsweredBy(Facts.Of(1, known[..1])).ShouldBeFalse();
        taggedNeeds.AnsweredBy(Facts.Of(1, known)).ShouldBeFalse();
        taggedNeeds.AnsweredBy(Facts.Of(1, known, [])).ShouldBeTrue();
    }

    [Fact]
    public void ActivityWithoutConditions_NeedsNothing()
    {
        var campaign = Sample.Campaign(("audience", null));

        FactNeeds.Of(campaign, campaign.FindActivity("bag")!, Live).IsNone.ShouldBeTrue();
    }
}
