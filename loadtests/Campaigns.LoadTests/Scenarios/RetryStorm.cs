using Campaigns.LoadTests.Flows;
using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>Every draw is asked one to five times at once under one key: there may be one outcome only.</summary>
internal sealed class RetryStorm : LoadScenario
{
    private const string Pool = "hot";
    private const int MostTimes = 5;

    public override string Name => "retry-storm";

    public override string Summary => "every operation is sent one to five times at once under one key";

    public override TimeSpan Duration => TimeSpan.FromSeconds(50);

    public override string Document(LoadPlan plan) => CampaignDocument.Of(
        plan,
        // A tenth more ask than there are packets: refusals have to be as steady as wins.
        CampaignDocument.Pool(Pool, Packets(plan), LoadPlan.ShardsFor(Packets(plan))));

    public override Func<IScenarioContext, Task<IResponse>> Iterate(LoadRun run)
    {
        var draws = new DrawFlow(run, [Pool], LoadPlan.ShardsFor(Packets(run.Plan)));
        return async context =>
        {
            var asker = new Asker(run, context);
            var draw = draws.Begin();
            var times = 1 + context.Random.Next(MostTimes);
            var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(_ => draws.AskAsync(asker, draw)));
            return Array.Find(answers, answer => answer.IsError) ?? answers[0];
        };
    }

    public override IEnumerable<Requirement> Require(
        LoadPlan plan, Meter meter, IReadOnlyList<ResourceSample> samples)
    {
        var total = meter.Total();
        yield return new Requirement(
            "every request is answered: won, exhausted, or \"ask again\"",
            total[Http.Verdict.Failed] == 0,
            $"{total[Http.Verdict.Failed]} of {total.All} failed");
    }

    private static int Packets(LoadPlan plan) => Math.Max(10, plan.MostIterations * 9 / 10);
}
