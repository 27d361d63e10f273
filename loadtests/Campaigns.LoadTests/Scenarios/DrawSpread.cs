using Campaigns.LoadTests.Flows;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>The same draws over many pools: no queue of one shard gathers them.</summary>
internal sealed class DrawSpread : LoadScenario
{
    private const int Pools = 32;
    private static readonly string[] Activities = [.. Enumerable.Range(0, Pools).Select(pool => $"pool-{pool}")];

    public override string Name => "draw-spread";

    public override string Summary => $"users never seen before, spread over {Pools} pools";

    public override int Rate => 3_000;

    public override TimeSpan Duration => TimeSpan.FromSeconds(30);

    public override string Document(LoadPlan plan) => CampaignDocument.Of(
        plan,
        [
            .. Activities.Select(
                activity => CampaignDocument.Pool(activity, Share(plan), LoadPlan.ShardsFor(Share(plan)))),
        ]);

    public override Func<IScenarioContext, Task<IResponse>> Iterate(LoadRun run)
    {
        var draws = new DrawFlow(run, Activities, LoadPlan.ShardsFor(Share(run.Plan)));
        return async context =>
        {
            var asker = new Asker(run, context);
            return await Step.Run(DrawFlow.Kind, context, () => draws.AskAsync(asker, draws.Begin()));
        };
    }

    private static int Share(LoadPlan plan) => (plan.MostIterations / Pools) + 1;
}
