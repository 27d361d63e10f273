using System.Diagnostics;
using Campaigns.Bench.Generator;
using Campaigns.Bench.Systems;

namespace Campaigns.Bench.Rounds;

/// <summary>A system in the comparison, with the rounds that it has run.</summary>
internal sealed class Contestant(string key, BenchSystem system, string keyFile)
{
    /// <summary>Head room over the fastest round so far, so that a round ends by the clock.</summary>
    private const double Reserve = 1.5;
    private const int FewestRequests = 2_000;
    private const int FirstGuess = 15_000;

    private double _fastest = FirstGuess;

    public string Key => key;

    public BenchSystem System => system;

    public List<Round> Rounds { get; } = [];

    /// <summary>Runs a burst on a campaign of its own and checks what was stored against what was answered.</summary>
    /// <param name="seconds">Its longest; 0: without a limit.</param>
    /// <param name="requests">Its most; 0: as many as the time allows.</param>
    /// <param name="perSecond">Open loop at this rate; 0: closed loop.</param>
    /// <param name="leadIn">The first requests, whose times do not count.</param>
    public async Task<Round> RunAsync(
        GeneratorProcess generator,
        string name,
        BenchOptions options,
        double seconds,
        int requests,
        double perSecond = 0,
        int leadIn = 0)
    {
        var campaign = $"{key}-{name}";
        var users = requests > 0 ? requests : Math.Max(FewestRequests, (int)(_fastest * seconds * Reserve));
        await system.PrepareAsync(campaign, users);
        await generator.PrepareAsync(new BurstPlan(
            system.Port, system.Path(campaign), keyFile, $"{campaign}-", users, options.Connections,
            seconds, system.Proof, perSecond, leadIn));
        var clock = Stopwatch.StartNew();
        var (busy, before) = (MachineTime.Busy(), Times());
        var result = await generator.RunAsync();
        var (after, all) = (Times(), MachineTime.Busy() - busy);
        var processors = clock.Elapsed.TotalMicroseconds * Environment.ProcessorCount;
        await CheckAsync(campaign, result);
        var spent = Spent(before, after, result);
        var round = new Round(result, spent, Math.Max(0, all - (spent.Values.Sum() * result.Good)) / processors);
        _fastest = Math.Max(_fastest, round.PerSecond);
        return round;
    }

    private double[] Times() => [.. system.Processes.Select(process => ProcessTime.Of(process.Id))];

    private Dictionary<string, double> Spent(double[] before, double[] after, BurstResult result)
    {
        var spent = new Dictionary<string, double>
        {
            ["generator"] = result.ProcessorMicroseconds / result.Good,
        };
        for (var i = 0; i < before.Length; i++)
        {
            spent[system.Processes[i].Name] = (after[i] - before[i]) / result.Good;
        }

        return spent;
    }

    /// <summary>Refusals and mismatches end the bench: a system that fails fast must not look fast.</summary>
    private async Task CheckAsync(string campaign, BurstResult result)
    {
        var stored = await system.CountAsync(campaign);
        var answers = result.Statuses.Values.Sum();
        if (result.Good == 0 || result.Bad > 0 || result.Good != answers)
        {
            throw new InvalidOperationException(
                $"{system.Name}: {result.Good} good answers of {answers}, {result.Bad} bad; {result.FirstFault}");
        }

        if (stored is not null
            && (stored.Amount != result.Amount || (stored.Claims >= 0 && stored.Claims != result.Good)))
        {
            throw new InvalidOperationException(
                $"{system.Name}: {result.Good} answers give {result.Amount}, but the store says {stored}.");
        }
    }
}
