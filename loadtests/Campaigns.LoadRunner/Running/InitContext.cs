using Microsoft.Extensions.Configuration;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace Campaigns.LoadRunner.Running;

internal sealed class InitContext(ScenarioRun run, SessionSettings settings, ScenarioOperation operation)
    : IScenarioInitContext
{
    private static readonly IConfiguration Nothing = new ConfigurationBuilder().Build();

    public TestInfo TestInfo => run.TestInfo;

    public ScenarioInfo ScenarioInfo => run.Info(operation);

    public NodeInfo NodeInfo => run.NodeInfo;

    public IConfiguration CustomSettings => Configuration.RunnerConfiguration
        .Scenario(settings.Configuration, run.Props.ScenarioName)?.GetSection("CustomSettings") ?? Nothing;

    public IConfiguration GlobalCustomSettings =>
        settings.Configuration?.GetSection("GlobalSettings:GlobalCustomSettings") ?? Nothing;
}
