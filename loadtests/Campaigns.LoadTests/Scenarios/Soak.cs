using Campaigns.LoadTests.Flows;
using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>The same moderate load for long: what grows with time shows here.</summary>
internal sealed class Soak : LoadScenario
{
    private const string Pool = "scan";
    private const string Daily = "daily";

    public override string Name => "soak";

    public override string Summary => "a moderate load for 30 minutes: draws and check-ins by turns";

    public override int Rate => 500;

    public override TimeSpan Duration => TimeSpan.FromMinutes(30);

    public override string Document(LoadPlan plan) => CampaignDocument.Of(
        plan,
        CampaignDocument.Pool(Pool, plan.MostIterations, LoadPlan.ShardsFor(plan.MostIterations)),
        CampaignDocument.CheckIn(Daily));

    public override Func<IScenarioContext, Task<IResponse>> Iterate(LoadRun run)
    {
        var draws = new DrawFlow(run, [Pool], LoadPlan.ShardsFor(run.Plan.MostIterations));
        var checkIns = new CheckInFlow(run, Daily);
        return async context =>
        {
            var asker = new Asker(run, context);
            return context.Random.Next(2) == 0
                ? await Step.Run(DrawFlow.Kind, context, () => draws.AskAsync(asker, draws.Begin()))
                : await Step.Run(CheckInFlow.Kind, context, () => checkIns.AskAsync(asker, checkIns.Begin()));
        };
    }

    public override IEnumerable<Requirement> Require(LoadRun run, IReadOnlyList<ResourceSample> samples) =>
    [
        Memory.Bounded(
            "the host's memory does not grow from the second quarter to the last", samples,
            new Phase("soak", run.Plan.Duration / 4, run.Plan.Duration), run.Meter),
    ];
}
