using System.Diagnostics;
using Campaigns.Simulation.PlantedFaults;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Runs;

internal static class CommandLine
{
    public static int Run(string[] args)
    {
        var from = args.Length > 0 ? ulong.Parse(args[0]) : 0;
        var n = args.Length > 1 ? int.Parse(args[1]) : 1;
        var text = args.Length > 2;
        var bad = 0;
        for (var seed = from; seed < from + (ulong)n; seed++)
        {
            var watch = Stopwatch.StartNew();
            var result = SeedRun.Of(Plan.For(seed), Planted.None, text);
            foreach (var line in result.Lines)
                Console.WriteLine(line);
            Console.WriteLine($"{seed} {result.Steps} steps {result.Simulated} {watch.ElapsedMilliseconds} ms {result.TraceHash:x16} {result.Violation}");
            bad += result.Violation is null ? 0 : 1;
        }

        Console.WriteLine($"bad {bad}");
        return bad;
    }
}
