using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Runs;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>Whether memory stands still while the load does.</summary>
internal static class Memory
{
    private const double Growth = 1.25;
    private const long Slack = 64 << 20;

    /// <summary>
    /// The last third of the phase holds at most a quarter and 64 MB more than the second one. Not seen where the host
    /// is somebody else's; not met where it is the run's own and either third has no sample of it.
    /// </summary>
    public static Requirement Bounded(
        string text, IReadOnlyList<ResourceSample> samples, Phase phase, Meter meter)
    {
        if (!samples.Any(sample => sample.HostMemory > 0))
        {
            return new Requirement(text, true, "not seen: the host is not the run's own", Seen: false);
        }

        var third = (phase.Until - phase.From) / 3;
        var middle = Most(samples, meter.BeganAfter + phase.From + third, third);
        var last = Most(samples, meter.BeganAfter + phase.From + (2 * third), third);
        return middle == 0 || last == 0
            ? new Requirement(text, false, "not seen: the host was down, or the run was too short")
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
