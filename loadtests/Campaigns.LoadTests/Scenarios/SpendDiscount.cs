using Campaigns.LoadTests.Flows;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>Payments with a discount: reserved, then confirmed, cancelled, or left.</summary>
internal sealed class SpendDiscount : LoadScenario
{
    private const string Activity = "dinner";

    public override string Name => "spend-discount";

    public override string Summary => "a partner's orders: of ten reservations 7 are confirmed, 2 cancelled, 1 left";

    public override int Rate => 300;

    public override TimeSpan Duration => TimeSpan.FromSeconds(30);

    public override string Document(LoadPlan plan) =>
        CampaignDocument.Of(plan, CampaignDocument.Discount(Activity, plan.MostIterations));

    public override Func<IScenarioContext, Task<IResponse>> Iterate(LoadRun run)
    {
        var orders = new OrderFlow(run, Activity);
        return async context =>
        {
            var asker = new Asker(run, context);
            var order = orders.Begin();
            var reserved = await Step.Run(
                OrderFlow.Reserve, context, () => orders.ReserveAsync(asker, order));
            return reserved.IsError
                ? reserved
                : await Step.Run(
                    "end", context, async () => await orders.EndAsync(asker, order) ?? Response.Ok("left"));
        };
    }
}
