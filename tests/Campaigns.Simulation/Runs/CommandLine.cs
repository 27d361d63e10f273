using System.Globalization;
using Campaigns.Simulation.PlantedFaults;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Runs;

/// <summary>The command <c>./campaigns simulate</c>.</summary>
internal static class CommandLine
{
    private const string Usage = """
        ./campaigns simulate [--seeds N] [--from S] [--planted FAULT]
        ./campaigns simulate --seed S [--keep N,N,...] [--planted FAULT]

        Runs the real grains on simulated processes, clocks, messages and database; each seed is another night of
        faults, and always the same one. With --seed it prints what happened; --keep leaves out all other items of the
        plan.
        Exit code 0: no promise was broken; 1: one was; 2: usage.
        --planted puts a known fault in, to see that it is caught:
        """;

    public static int Run(IReadOnlyList<string> args, TextWriter output)
    {
        if (!TryRead(args, out var options))
        {
            output.WriteLine(Usage);
            foreach (var name in PlantedFault.Names)
                output.WriteLine("  " + name);
            return args.Contains("--help") ? 0 : 2;
        }

        return options.Seed is { } seed ? One(seed, options, output) : Many(options, output);
    }

    private static int One(ulong seed, Options options, TextWriter output)
    {
        var plan = Plan.For(seed);
        if (options.Keep is { } keep)
            plan = plan.Only(keep);
        var result = SeedRun.Of(plan, PlantedFault.Of(options.Planted), keepsText: true);
        output.WriteLine(plan.Campaign.Document);
        foreach (var line in result.Lines)
            output.WriteLine(line);
        output.WriteLine(
            $"seed {seed}: {result.Steps} steps, {result.Simulated} simulated, trace {result.TraceHash:x16}");
        output.WriteLine(result.Violation?.ToString() ?? "no violation");
        if (result.Violation is not null && options.Keep is null)
            output.WriteLine(FailureReport.Of(result, options.Planted));
        return result.Violation is null ? 0 : 1;
    }

    private static int Many(Options options, TextWriter output)
    {
        var since = TimeProvider.System.GetTimestamp();
        var told = TimeSpan.Zero;
        var batch = new SeedBatch(options.Planted)
        {
            OnDone = batch =>
            {
                var elapsed = TimeProvider.System.GetElapsedTime(since);
                if (elapsed - told < TimeSpan.FromSeconds(10))
                    return;
                told = elapsed;
                output.WriteLine(Progress(batch, options.Seeds, elapsed));
            },
        };
        var failed = batch.Run(options.From, options.Seeds);
        output.WriteLine(Progress(batch, options.Seeds, TimeProvider.System.GetElapsedTime(since)));
        foreach (var result in failed)
            output.WriteLine(FailureReport.Of(result, options.Planted));
        return failed.Count == 0 ? 0 : 1;
    }

    private static string Progress(SeedBatch batch, int seeds, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{batch.Done} of {seeds} seeds, {batch.Failed.Count} violations, {batch.Steps} steps, "
        + $"{elapsed.TotalSeconds:0} s, {batch.Done / elapsed.TotalSeconds:0.0} seeds/s, "
        + $"{Left(batch, seeds, elapsed):hh\\:mm\\:ss} left, {Environment.WorkingSet >> 20} MB");

    private static TimeSpan Left(SeedBatch batch, int seeds, TimeSpan elapsed) =>
        batch.Done == 0 ? TimeSpan.Zero : elapsed / batch.Done * (seeds - batch.Done);

    private static bool TryRead(IReadOnlyList<string> args, out Options options)
    {
        options = new Options(null, 0, 1_000, null, null);
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count || Read(options, args[i], args[i + 1]) is not { } read)
                return false;
            options = read;
        }

        return true;
    }

    private static Options? Read(Options options, string name, string value)
    {
        switch (name)
        {
            case "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out var seed):
                return options with { Seed = seed };
            case "--from" when ulong.TryParse(value, CultureInfo.InvariantCulture, out var from):
                return options with { From = from };
            case "--seeds" when int.TryParse(value, CultureInfo.InvariantCulture, out var seeds) && seeds > 0:
                return options with { Seeds = seeds };
            case "--planted" when PlantedFault.IsKnown(value):
                return options with { Planted = value };
            case "--keep":
                var numbers = value.Split(',').Select(
                    text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -2).ToHashSet();
                return numbers.Contains(-2) ? null : options with { Keep = numbers };
            default:
                return null;
        }
    }

    private sealed record Options(ulong? Seed, ulong From, int Seeds, string? Planted, IReadOnlySet<int>? Keep);
}
