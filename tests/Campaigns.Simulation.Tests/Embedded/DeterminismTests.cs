using Campaigns.Simulation.PlantedFaults;
using Campaigns.Simulation.Plans;
using Campaigns.Simulation.Runs;

namespace Campaigns.Simulation.Tests;

public sealed class DeterminismTests
{
    private const int Seeds = 20;

    [Fact]
    public void OneSeed_AlwaysLeavesTheSameTrace_AndOtherSeedsLeaveOthers()
    {
        var first = Hashes(keepsText: false);

        Hashes(keepsText: false).ShouldBe(first);
        first.Distinct().Count().ShouldBe(Seeds);
    }

    [Fact]
    public void TextOfTheTrace_ChangesNothingInIt() => Hashes(keepsText: true).ShouldBe(Hashes(keepsText: false));

    [Fact]
    public void Threads_ThatRunOtherSeedsBesides_ChangeNothingInATrace()
    {
        var alone = Hashes(keepsText: false);
        var together = new ulong[Seeds];
        var threads = Enumerable.Range(0, 4).Select(thread => new Thread(() =>
        {
            for (var seed = thread; seed < Seeds; seed += 4)
                together[seed] = Hash((ulong)seed, keepsText: false);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        together.ShouldBe(alone);
    }

    [Fact]
    public void PlansOfManySeeds_MeetEveryMechanicAndEveryFault()
    {
        var plans = Enumerable.Range(0, 300).Select(seed => Plan.For((ulong)seed)).ToList();
        var kinds = plans.SelectMany(plan => plan.Items).Select(item => item.GetType().Name).Distinct().ToList();

        kinds.Count.ShouldBe(typeof(PlanItem).Assembly.GetTypes()
            .Count(type => type.IsAssignableTo(typeof(PlanItem)) && !type.IsAbstract), string.Join(", ", kinds));
        plans.Count(plan => plan.Campaign.Packets is { IsLocal: false }).ShouldBeGreaterThan(5);
        plans.Count(plan => plan.Campaign.CheckIns is { Cash: > 0 }).ShouldBeGreaterThan(20);
        plans.Count(plan => plan.Campaign.Discounts is { LimitsMoney: false }).ShouldBeGreaterThan(20);
    }

    private static List<ulong> Hashes(bool keepsText) =>
        [.. Enumerable.Range(0, Seeds).Select(seed => Hash((ulong)seed, keepsText))];

    private static ulong Hash(ulong seed, bool keepsText) =>
        SeedRun.Of(Plan.For(seed), PlantedFault.Of(null), keepsText).TraceHash;
}
