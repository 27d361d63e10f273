using NBomber.Contracts;

namespace Campaigns.LoadRunner.Simulations;

/// <summary>What a scenario's simulations come to, before they run.</summary>
/// <param name="Simulations">How many there are.</param>
/// <param name="Iterations">That are due in the measured part; of a random rate the fewest.</param>
/// <param name="PeakRate">Iterations per second at the most.</param>
/// <param name="Duration">Of the measured part.</param>
/// <param name="WarmUp">Null: none.</param>
/// <param name="IsOpen">False: some copies go round, so how much they ask depends on the answers.</param>
public sealed record PlannedLoad(
    string ScenarioName, int Simulations, long Iterations, double PeakRate, TimeSpan Duration, TimeSpan? WarmUp,
    bool IsOpen)
{
    internal static PlannedLoad Of(ScenarioProps scenario)
    {
        double before = 0, peak = 0, iterations = 0;
        foreach (var simulation in scenario.LoadSimulations)
        {
            iterations += ArrivalPlan.Iterations(simulation, before);
            peak = Math.Max(peak, ArrivalPlan.PeakRate(simulation, before));
            before = ArrivalPlan.EndRate(simulation);
        }

        return new PlannedLoad(
            scenario.ScenarioName, scenario.LoadSimulations.Count, checked((long)iterations), peak,
            ArrivalPlan.Duration(scenario.LoadSimulations), scenario.WarmUpDuration,
            scenario.LoadSimulations.All(ArrivalPlan.IsOpen));
    }
}
