using System.CommandLine;
using Campaigns.Bench.Reports;
using Campaigns.Bench.Rounds;
using Campaigns.Bench.Systems;

namespace Campaigns.Bench;

/// <summary><c>./campaigns bench</c>.</summary>
internal static class BenchCommand
{
    private static readonly Option<int?> Rounds = new("--rounds") { Description = "Rounds over all systems: 5." };
    private static readonly Option<int> Connections =
        new("--connections") { Description = "Connections in closed loop.", DefaultValueFactory = _ => 128 };

    private static readonly Option<double?> Seconds = new("--seconds") { Description = "Length of a round: 4." };
    private static readonly Option<int> Requests =
        new("--requests") { Description = "Requests of a round, instead of its length." };

    private static readonly Option<string?> Only =
        new("--only") { Description = "Systems, separated by commas: " + string.Join(", ", Field.Keys) };

    static BenchCommand() => Only.Validators.Add(result =>
    {
        foreach (var key in Split(result.GetValueOrDefault<string?>()).Except(Field.Keys))
        {
            result.AddError($"--only: there is no system '{key}', only {string.Join(", ", Field.Keys)}.");
        }
    });

    private static readonly Option<string?> Ledger =
        new("--ledger") { Description = "postgres or sqlite, instead of both." };

    private static readonly Option<bool> Quick =
        new("--quick") { Description = "Two short rounds; docs/performance.md stays as it is." };

    private static readonly Option<bool> Growing =
        new("--growth") { Description = "Draws a pool of 2,000,000 packets to its end instead." };

    private static readonly Option<bool> Latencies =
        new("--latency") { Description = "Times at 70 % of the highest rate, in open loop, instead." };

    private static readonly Option<int> Attempts = new("--attempts")
    {
        Description = "How often a round is repeated while other processes disturb it: 1.",
        DefaultValueFactory = _ => 1,
    };

    public static RootCommand Create()
    {
        var command = new RootCommand("Measures our host beside its peers, and writes docs/performance.md.")
        {
            Rounds, Connections, Seconds, Requests, Only, Ledger, Quick, Attempts, Growing, Latencies,
        };
        command.SetAction(parsed =>
            parsed.GetValue(Growing) ? GrowAsync(OptionsOf(parsed))
            : parsed.GetValue(Latencies) ? LatencyAsync(OptionsOf(parsed) with { Only = Latency.Systems })
            : CompareAsync(OptionsOf(parsed)));
        return command;
    }

    private static BenchOptions OptionsOf(ParseResult parsed)
    {
        var quick = parsed.GetValue(Quick);
        var only = Split(parsed.GetValue(Only));
        return new BenchOptions
        {
            Rounds = parsed.GetValue(Rounds) ?? (quick ? 2 : 5),
            Connections = parsed.GetValue(Connections),
            Seconds = parsed.GetValue(Seconds) ?? (quick ? 2 : 4),
            Requests = parsed.GetValue(Requests),
            WarmUpRequests = quick ? 20_000 : 40_000,
            WarmUpSeconds = quick ? 15 : 20,
            Attempts = parsed.GetValue(Attempts),
            Only = only,
            Ledger = parsed.GetValue(Ledger),
            Write = !quick && only.Length == 0 && parsed.GetValue(Ledger) is null,
        };
    }

    private static string[] Split(string? keys) => keys?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static async Task<int> GrowAsync(BenchOptions options)
    {
        await using var field = Field.Empty();
        await using var generator = new GeneratorProcess();
        var section = await new Growth(field, generator, options).RunAsync();
        return await ShowAsync("Growth", section);
    }

    private static async Task<int> LatencyAsync(BenchOptions options)
    {
        await using var field = await Field.StartAsync(options);
        await using var generator = new GeneratorProcess();
        var section = await new Latency(field, generator, options).RunAsync();
        return await ShowAsync("Latency", section);
    }

    private static async Task<int> ShowAsync(string name, string section)
    {
        Console.WriteLine(section);
        await PerformancePage.ReplaceAsync($"{name} on {Programs.GrainRuntime}", section);
        return 0;
    }

    private static async Task<int> CompareAsync(BenchOptions options)
    {
        await using var field = await Field.StartAsync(options);
        await using var generator = new GeneratorProcess();
        await new Comparison(field, generator, options).RunAsync();
        Console.WriteLine();
        Console.WriteLine(ResultTable.Of(field.Contestants));
        if (options.Write)
        {
            await PerformancePage.WriteAsync(field, options);
            Console.WriteLine("written: docs/performance.md");
        }

        return 0;
    }
}
