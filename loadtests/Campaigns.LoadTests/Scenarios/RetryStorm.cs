using Campaigns.LoadTests.Answers;
using Campaigns.LoadTests.Flows;
using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>
/// Every draw is asked one to five times at once under one key, and again while nobody gets an answer: there may be one
/// outcome only.
/// </summary>
internal sealed class RetryStorm : LoadScenario
{
    private const string Pool = "hot";
    private const int MostTimes = 5;
    private const int MostPatience = 60;
    private const double LongestPause = 10;

    public override string Name => "retry-storm";

    public override string Summary => "every operation is sent one to five times at once under one key";

    public override int Rate => 1_000;

    public override TimeSpan Duration => TimeSpan.FromSeconds(100);

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
            var answer = Array.Find(answers, answer => !answer.IsError) ?? answers[0];
            for (var waited = 0; answer.IsError && waited < MostPatience; waited++)
            {
                // As clients should: after a pause that doubles, and not all at the same moment.
                var pause = Math.Min(LongestPause, Math.Pow(2, waited)) * (0.5 + context.Random.NextDouble());
                await Task.Delay(TimeSpan.FromSeconds(pause));
                answer = await draws.AskAsync(asker, draw, later: true);
            }

            return answer;
        };
    }

    public override IEnumerable<Requirement> Require(LoadRun run, IReadOnlyList<ResourceSample> samples)
    {
        // Whoever got no answer asks again: that is the storm, and no failure.
        var book = run.Books[0];
        var open = Enumerable.Range(0, book.Count).Count(draw => book[draw].Said == Said.Nothing);
        yield return new Requirement(
            "every operation has an outcome in the end, and one only",
            open == 0 && book.Contradictions == 0,
            $"{book.Count} operations, {open} without one, {book.Contradictions} told two");
    }

    private static int Packets(LoadPlan plan) => Math.Max(10, plan.MostIterations * 9 / 10);
}
