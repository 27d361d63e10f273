using Campaigns.Contracts;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Conditions;

public sealed class AccessTests
{
    private static readonly DateTimeOffset Start = new(2027, 2, 1, 12, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task EarlyAccess_LetsThoseInWhomItNames_AndOthersAreToldWhenItStarts()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Time.Set(Start.AddMinutes(-90));
        var pool = Pools.Plain(silo).Schedule(Start.AddHours(-2), Start, Start.AddDays(1), Start.AddDays(2))
            .Set("earlyAccess", $$"""{"from": "{{Document.Time(Start.AddHours(-1))}}", "for": [{"fact": "vip"}]}""");
        await silo.OpenAsync(pool);
        var vip = Facts(1, ("vip", true));

        (await silo.DrawAsync("ada", facts: vip)).Outcome.ShouldBe(Outcome.NotStarted);
        silo.Time.Set(Start.AddMinutes(-30));
        (await silo.DrawAsync("bob", facts: Facts(1, ("vip", false)))).Outcome.ShouldBe(Outcome.NotStarted);
        var early = await silo.DrawAsync("ada", facts: vip);
        silo.Time.Set(Start.AddMinutes(1));
        var late = await silo.DrawAsync("bob");

        early.Outcome.ShouldBe(Outcome.Done);
        late.Outcome.ShouldBe(Outcome.Done);
        await silo.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task Window_BoundsItsActivityWithinTheCampaign()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Time.Set(Start);
        var window = $$"""
            , "window": {"from": "{{Document.Time(Start.AddHours(1))}}",
                         "until": "{{Document.Time(Start.AddHours(2))}}"}
            """;
        await silo.OpenAsync(Pools.Plain(silo, more: window));

        (await silo.DrawAsync("ada")).Outcome.ShouldBe(Outcome.NotStarted);
        silo.Time.Set(Start.AddMinutes(90));
        (await silo.DrawAsync("ada")).Outcome.ShouldBe(Outcome.Done);
        silo.Time.Set(Start.AddMinutes(121));
        (await silo.DrawAsync("bob")).Outcome.ShouldBe(Outcome.Ended);
        (await silo.DrawAsync("ada")).Replayed.ShouldBeTrue();
    }

    [Fact]
    public async Task OfSeveralReasonsToRefuse_ThePauseIsToldBeforeTheConditions()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(Pools.Plain(silo, more: """, "requires": [{"fact": "card-bound"}]"""));
        (await silo.DrawAsync("ada")).Outcome.ShouldBe(Outcome.NotEligible);

        await silo.ActAsync("night", LifecycleAction.Pause, "planner");

        await EventuallyAsync(
            async () => (await silo.DrawAsync("ada")).Outcome == Outcome.Paused, "the pause is told first");
    }
}
