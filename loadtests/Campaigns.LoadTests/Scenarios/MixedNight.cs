using Campaigns.LoadTests.Flows;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>The shape of a campaign night: people come in, at 20:00 all of them ask at once, then they leave.</summary>
internal sealed class MixedNight : LoadScenario
{
    private const string Pool = "eve-rain";
    private const string Daily = "daily";
    private const string Dinner = "dinner";

    public override string Name => "mixed-night";

    public override string Summary =>
        "a campaign night: ramp, 20:00 spike, tail; 70% draws, 15% views, 10% check-ins, 5% orders";

    public override int Rate => 2_500;

    public override TimeSpan Duration => TimeSpan.FromSeconds(120);

    public override bool HasOwnShape => true;

    public override string Document(LoadPlan plan) => CampaignDocument.Of(
        plan,
        // The rain ends before the night does: the last ones are told that nothing is left.
        CampaignDocument.Pool(Pool, Packets(plan), LoadPlan.ShardsFor(Packets(plan))),
        CampaignDocument.CheckIn(Daily),
        CampaignDocument.Discount(Dinner, plan.MostIterations));

    public override LoadSimulation[] Simulations(LoadPlan plan)
    {
        var quarter = plan.Duration / 4;
        var evening = Math.Max(1, plan.Rate * 2 / 5);
        return
        [
            Simulation.RampingInject(evening, Second, quarter),
            Simulation.Inject(plan.Rate, Second, quarter),
            Simulation.RampingInject(evening, Second, quarter),
            Simulation.RampingInject(Math.Max(1, plan.Rate / 10), Second, quarter),
        ];
    }

    public override IReadOnlyList<Phase> Phases(LoadPlan plan)
    {
        var quarter = plan.Duration / 4;
        return
        [
            new Phase("ramp", TimeSpan.Zero, quarter),
            new Phase("20:00", quarter, 2 * quarter),
            new Phase("tail", 2 * quarter, plan.Duration),
        ];
    }

    public override Func<IScenarioContext, Task<IResponse>> Iterate(LoadRun run)
    {
        var draws = new DrawFlow(run, [Pool], LoadPlan.ShardsFor(Packets(run.Plan)));
        var checkIns = new CheckInFlow(run, Daily);
        var orders = new OrderFlow(run, Dinner);
        var views = new ViewFlow(run);
        return async context =>
        {
            var asker = new Asker(run, context);
            switch (context.Random.Next(100))
            {
                case < 70:
                    return await Step.Run(DrawFlow.Kind, context, () => draws.AskAsync(asker, draws.Begin()));
                case < 85:
                    return await Step.Run(ViewFlow.Kind, context, () => views.AskAsync(asker));
                case < 95:
                    return await Step.Run(
                        CheckInFlow.Kind, context, () => checkIns.AskAsync(asker, checkIns.Begin()));
                default:
                    var order = orders.Begin();
                    var reserved = await Step.Run(
                        OrderFlow.Reserve, context, () => orders.ReserveAsync(asker, order));
                    return await orders.EndAsync(asker, order) ?? reserved;
            }
        };
    }

    private static int Packets(LoadPlan plan) => Math.Max(10, plan.MostIterations / 3);
}
