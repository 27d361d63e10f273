using Campaigns.Contracts;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Conditions;

public sealed class FactTests
{
    [Fact]
    public async Task FactsOfTheToken_AloneCanSatisfyAndNameTheSegment_WithoutWakingTheUser()
    {
        await using var silo = await OpenAsync();

        var reply = await silo.DrawAsync("ada", facts: Facts(7, ("card-bound", true), ("age-band", "18-25")));

        reply.Outcome.ShouldBe(Outcome.Done);
        reply.Result!.Segment.ShouldBe("young");
        reply.Result.FactsVersion.ShouldBe(7);
        (await silo.EntriesAsync("user/ada")).ShouldBeEmpty();
    }

    [Fact]
    public async Task UserWithoutTheFact_IsNotEligible_AndTheConditionIsNamed()
    {
        await using var silo = await OpenAsync();

        var reply = await silo.DrawAsync("ada", facts: Facts(1, ("age-band", "18-25")));
        var byUser = await silo.UserDrawAsync("ada");

        reply.Outcome.ShouldBe(Outcome.NotEligible);
        reply.Detail!.ShouldContain("card-bound");
        byUser.Outcome.ShouldBe(Outcome.NotEligible);
        byUser.Detail.ShouldBe(reply.Detail);
    }

    [Fact]
    public async Task FactsThatPartnersPut_CountWhereTheTokenLacksThem_AndTheHigherVersionWins()
    {
        await using var silo = await OpenAsync();
        await silo.PutFactsAsync("ada", Facts(5, ("card-bound", true)));
        await silo.PutFactsAsync("bob", Facts(5, ("card-bound", true)));
        await silo.PutFactsAsync("eve", Facts(5, ("card-bound", false)));

        var withoutToken = await silo.UserDrawAsync("ada");
        var newerToken = await silo.UserDrawAsync("bob", facts: Facts(6, ("card-bound", false)));
        var olderToken = await silo.UserDrawAsync("eve", facts: Facts(4, ("card-bound", true)));

        withoutToken.Outcome.ShouldBe(Outcome.Done);
        withoutToken.Result!.FactsVersion.ShouldBe(5);
        withoutToken.Result.Segment.ShouldBeNull();
        newerToken.Outcome.ShouldBe(Outcome.NotEligible);
        olderToken.Outcome.ShouldBe(Outcome.NotEligible);
    }

    [Fact]
    public async Task LowerOrEqualVersion_ChangesNothing_AlsoAfterARestart()
    {
        var silo = await OpenAsync();
        (await silo.PutFactsAsync("ada", Facts(5, ("card-bound", true))))
            .ShouldBe(new FactsReply(Outcome.Done, 5, true));

        (await silo.PutFactsAsync("ada", Facts(4, ("card-bound", false))))
            .ShouldBe(new FactsReply(Outcome.Done, 5, false));
        (await silo.PutFactsAsync("ada", Facts(5, ("card-bound", false))))
            .ShouldBe(new FactsReply(Outcome.Done, 5, false));
        await using var next = await silo.RestartAsync();
        (await next.PutFactsAsync("ada", Facts(3, ("card-bound", false))))
            .ShouldBe(new FactsReply(Outcome.Done, 5, false));

        (await next.UserDrawAsync("ada")).Outcome.ShouldBe(Outcome.Done);
        (await next.EntriesAsync("user/ada")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task NewerFacts_ReplaceAllOfThePartnersOlderOnes()
    {
        await using var silo = await OpenAsync();
        await silo.PutFactsAsync("ada", Facts(1, ("card-bound", true), ("age-band", "18-25")));
        await silo.PutFactsAsync("ada", Facts(2, ("card-bound", true)));

        (await silo.UserDrawAsync("ada")).Result!.Segment.ShouldBeNull();
    }

    [Fact]
    public async Task Tag_LetsItsUserIn_UntilItIsTakenAway()
    {
        await using var silo = await OpenAsync("""[{"tag": "vip"}]""");
        await silo.PutFactsAsync("ada", Facts(1), "vip");
        await silo.PutFactsAsync("bob", Facts(1), "vip");
        await silo.PutFactsAsync("bob", Facts(2), "other");

        (await silo.UserDrawAsync("ada")).Outcome.ShouldBe(Outcome.Done);
        var bob = await silo.UserDrawAsync("bob");
        bob.Outcome.ShouldBe(Outcome.NotEligible);
        bob.Detail!.ShouldContain("vip");
    }

    [Fact]
    public async Task Audience_HoldsForEveryActivity_CheckInsToo()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(new Document(silo.Time.GetUtcNow())
            .Set("audience", """[{"fact": "city", "in": ["hangzhou"]}]""")
            .Add("""{"id": "daily", "type": "check-in", "everyDay": [{"kind": "points", "amount": 5}]}"""));

        var stranger = await silo.CheckInAsync("ada", facts: Facts(1, ("city", "beijing")));
        var local = await silo.CheckInAsync("bob", facts: Facts(1, ("city", "hangzhou")));

        stranger.Outcome.ShouldBe(Outcome.NotEligible);
        stranger.Detail!.ShouldContain("city");
        local.Outcome.ShouldBe(Outcome.Done);
    }

    private static async Task<TestSilo> OpenAsync(string requires = """[{"fact": "card-bound"}]""")
    {
        var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pools.Plain(silo, more: $$"""
            , "requires": {{requires}},
            "segments": [{"id": "young", "when": [{"fact": "age-band", "in": ["18-25"]}]}]
            """));
        return silo;
    }
}
