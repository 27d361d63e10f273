using System.Diagnostics;

namespace Campaigns.Domain.Tests.RedPackets;

/// <summary>Tests that measure the process, so nothing else may run in it meanwhile.</summary>
[CollectionDefinition(nameof(Measured), DisableParallelization = true)]
public sealed class Measured
{
    /// <summary>
    /// Processor time of the fastest of three runs: other processes on a shared machine lengthen the elapsed time, not
    /// this.
    /// </summary>
    public static TimeSpan Fastest(Action action) => Enumerable.Range(0, 3).Min(_ =>
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return process.TotalProcessorTime - before;
    });
}
