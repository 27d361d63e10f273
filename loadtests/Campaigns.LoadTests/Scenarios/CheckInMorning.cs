using Campaigns.LoadTests.Flows;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;
using NBomber.CSharp;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>A morning's first check-ins: every user's grain is woken, loaded, decides and commits.</summary>
internal sealed class CheckInMorning : LoadScenario
{
    private const string Activity = "daily";

    public override string Name => "check-in-morning";

    public override string Summary => "check-ins of users never seen before: load, decide, commit each";

    public override TimeSpan Duration => TimeSpan.FromSeconds(30);

    public override string Document(LoadPlan plan) =>
        CampaignDocument.Of(plan, CampaignDocument.CheckIn(Activity));

    public override Func<IScenarioContext, Task<IResponse>> Iterate(LoadRun run)
    {
        var checkIns = new CheckInFlow(run, Activity);
        return async context =>
        {
            var asker = new Asker(run, context);
            return await Step.Run(CheckInFlow.Kind, context, () => checkIns.AskAsync(asker, checkIns.Begin()));
        };
    }
}
