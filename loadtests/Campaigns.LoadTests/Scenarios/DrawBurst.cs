using Campaigns.LoadTests.Flows;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>Users who were never seen before, all at one pool, each once.</summary>
internal sealed class DrawBurst : LoadScenario
{
    private const string Pool = "hot";

    public override string Name => "draw-burst";

    public override string Summary => "users never seen before, all at one hot pool, each once";

    public override int Rate => 5_000;

    public override TimeSpan Duration => TimeSpan.FromSeconds(30);

    public override string Document(LoadPlan plan) => CampaignDocument.Of(
        plan, CampaignDocument.Pool(Pool, plan.MostIterations, LoadPlan.ShardsFor(plan.MostIterations)));

    public override Func<IScenarioContext, Task<IResponse>> Iterate(LoadRun run)
    {
        var draws = new DrawFlow(run, [Pool], LoadPlan.ShardsFor(run.Plan.MostIterations));
        return async context =>
        {
            var asker = new Asker(run, context);
            return await Step.Run(DrawFlow.Kind, context, () => draws.AskAsync(asker, draws.Begin()));
        };
    }
}
