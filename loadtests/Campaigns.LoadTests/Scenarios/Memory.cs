using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Runs;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>Whether memory stands still while the load does.</summary>
internal static class Memory
{
    private const double Growth = 1.25;
    private const long Slack = 64 << 20;

    /// <summary>The last third of the phase holds at most a quarter and 64 MB more than the second one.</summary>
    public static Requirement Bounded(
        string text, IReadOnlyList<ResourceSample> samples, Phase phase, Meter meter)
    {
        var third = (phase.Until - phase.From) / 3;
        var middle = Most(samples, meter.BeganAfter + phase.From + third, third);
        var last = Most(samples, meter.BeganAfter + phase.From + (2 * third), third);
        return middle == 0 || last == 0
            ? new Requirement(text, true, "not seen: the host is not on this machine, or the run was too short")
            : new Requirement(
                text, last <= (middle * Growth) + Slack,
                $"at most {middle >> 20} MB in the second third, {last >> 20} MB in the last");
    }

    private static long Most(IReadOnlyList<ResourceSample> samples, TimeSpan from, TimeSpan length) => samples
        .Where(sample => sample.At >= from && sample.At < from + length)
        .Select(sample => sample.HostMemory)
        .DefaultIfEmpty()
        .Max();
}
