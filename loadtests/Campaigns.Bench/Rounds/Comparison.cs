using System.Globalization;
using Campaigns.Bench.Systems;

namespace Campaigns.Bench.Rounds;

/// <summary>
/// Rounds over all systems in turn, each time in another order, so that a machine that drifts is fair.
/// </summary>
internal sealed class Comparison(Field field, GeneratorProcess generator, BenchOptions options)
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    public async Task RunAsync()
    {
        await WarmUpAsync();
        for (var round = 1; round <= options.Rounds; round++)
        {
            for (var place = 0; place < field.Contestants.Count; place++)
            {
                var contestant = field.Contestants[(place + round) % field.Contestants.Count];
                contestant.Rounds.Add(await QuietestAsync(contestant, $"round{round}"));
            }
        }
    }

    public async Task WarmUpAsync()
    {
        foreach (var contestant in field.Contestants)
        {
            for (var burst = 1; burst <= 2; burst++)
            {
                var warm = await contestant.RunAsync(
                    generator, $"warm{burst}", options, options.WarmUpSeconds, options.WarmUpRequests);
                Say($"warm-up {burst}", contestant, warm);
            }
        }
    }

    /// <summary>
    /// A round that others disturbed is repeated. Which attempt counts is decided by their load, never by the result.
    /// </summary>
    private async Task<Round> QuietestAsync(Contestant contestant, string name)
    {
        Round? quietest = null;
        for (var attempt = 1; attempt <= options.Attempts && !(quietest?.Others <= MachineTime.Quiet); attempt++)
        {
            await SettleAsync();
            var round = await contestant.RunAsync(
                generator, $"{name}-{attempt}", options, options.Requests > 0 ? 0 : options.Seconds, options.Requests);
            Say(name, contestant, round);
            quietest = quietest is null || round.Others < quietest.Others ? round : quietest;
        }

        return quietest!;
    }

    /// <summary>What the last round left for the database and the machine to do is done.</summary>
    public async Task SettleAsync()
    {
        await field.CheckpointAsync();
        await MachineTime.QuietAsync(options.Attempts > 1 ? options.Patience : Settle);
    }

    public static void Say(string what, Contestant contestant, Round round)
    {
        var spent = round.Microseconds.Select(pair => $"{pair.Key} {Text("N1", pair.Value)} µs");
        Console.WriteLine(
            $"{what,-10}{contestant.System.Name,-33}{Text("N0", round.PerSecond),9}/s"
            + $"  p50 {Text("N2", round.Result.P50Milliseconds),6} ms"
            + $"  p99 {Text("N2", round.Result.P99Milliseconds),7} ms  "
            + string.Join("  ", spent) + $"  (others {Text("P0", round.Others)})");
    }

    private static string Text(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);
}
