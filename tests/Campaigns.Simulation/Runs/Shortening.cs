using Campaigns.Simulation.Engine;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Runs;

/// <summary>
/// Leaves out of a failing plan whatever the failure does not need, by halves and then one by one. What is left breaks
/// the same rule.
/// </summary>
internal sealed class Shortening(Plan plan, string? planted, string rule, int mostRuns)
{
    private int _runs;

    public IReadOnlyList<int> Items()
    {
        var kept = plan.Items.Select(item => item.Number).ToList();
        for (var size = Math.Max(1, kept.Count / 2); ; size /= 2)
        {
            var shorter = Pass(kept, size);
            var went = shorter.Count < kept.Count;
            kept = shorter;
            if (_runs >= mostRuns || (size == 1 && !went))
                return kept;
            if (size == 1)
                size = 2;
        }
    }

    /// <summary>Tries to leave out each stretch of the given size.</summary>
    private List<int> Pass(List<int> kept, int size)
    {
        for (var from = 0; from < kept.Count && _runs < mostRuns;)
        {
            var rest = kept.Where((_, index) => index < from || index >= from + size).ToList();
            if (StillFails(rest))
                kept = rest;
            else
                from += size;
        }

        return kept;
    }

    private bool StillFails(List<int> numbers)
    {
        _runs++;
        return SeedRun.Of(plan.Only(new HashSet<int>(numbers)), PlantedFaults.PlantedFault.Of(planted)) is
            { Violation: Violation violation } && violation.Rule == rule;
    }
}
