namespace Campaigns.Domain.Tests.Documents;

public sealed class NotBuiltTests
{
    [Theory]
    [InlineData("gift")]
    [InlineData("referral")]
    [InlineData("tasks")]
    [InlineData("cashback")]
    [InlineData("earn")]
    [InlineData("mall")]
    [InlineData("levels")]
    [InlineData("leaderboard")]
    public void TypeThatIsNotBuilt_IsRefusedByNameAndNothingElse(string type)
    {
        var parsed = Sample.Parse(Sample.Edit(
            ("activities[5]", $$"""{"id": "x", "type": "{{type}}", "whatever": [1.5]}""")));

        var fault = parsed.Faults.ShouldHaveSingleItem();
        fault.Path.ShouldBe("$.activities[5].type");
        fault.Message.ShouldBe($"the type '{type}' is not built yet");
    }

    [Fact]
    public void UnknownType_IsSaidToBeUnknown()
    {
        var parsed = Sample.Parse(Sample.Edit(("activities[1].type", "\"casino\"")));

        parsed.Faults.ShouldHaveSingleItem().Message.ShouldBe("the type 'casino' is not known");
    }

    [Fact]
    public void ChanceOfAnActivityThatIsNotBuilt_IsDefinedAllTheSame()
    {
        var parsed = Sample.Parse(Sample.Edit(
            ("activities[0].everyDay", """[{"kind": "chance", "activity": "wheel", "amount": 1}]"""),
            ("activities[5]", """{"id": "wheel", "type": "gift"}""")));

        parsed.Faults.ShouldHaveSingleItem().Path.ShouldBe("$.activities[5].type");
    }

    [Theory]
    [InlineData("""{"kind": "coupon", "template": "meal-20", "amount": 1}""", "coupon")]
    [InlineData("""{"kind": "restricted-cash", "amount": 1}""", "restricted-cash")]
    [InlineData("""{"kind": "collectible", "series": "tiger"}""", "collectible")]
    [InlineData("""{"kind": "medal", "medal": "pioneer"}""", "medal")]
    public void RewardKindThatIsNotBuilt_IsRefusedByName(string reward, string kind)
    {
        var fault = Sample.Parse(Sample.Edit(("activities[0].everyDay[0]", reward))).Faults.ShouldHaveSingleItem();

        fault.Path.ShouldBe("$.activities[0].everyDay[0].kind");
        fault.Message.ShouldBe($"the reward kind '{kind}' is not built yet");
    }

    [Fact]
    public void ChoiceOfRewards_IsRefusedByName()
    {
        var fault = Sample.Parse(Sample.Edit(
            ("activities[0].everyDay[0]", """{"oneOf": [[{"kind": "cash", "amount": 1}], []]}""")))
            .Faults.ShouldHaveSingleItem();

        fault.Path.ShouldBe("$.activities[0].everyDay[0].oneOf");
        fault.Message.ShouldContain("not built yet");
    }

    [Fact]
    public void MakeUpCards_AreRefusedByName()
    {
        var fault = Sample.Parse(Sample.Edit(
            ("activities[0].makeUp", """{"cost": {"kind": "points", "amount": 50}, "perUser": {"perMonth": 2}}""")))
            .Faults.ShouldHaveSingleItem();

        fault.Path.ShouldBe("$.activities[0].makeUp");
        fault.Message.ShouldContain("not built yet");
    }
}
