using System.Globalization;
using Campaigns.Bench.Systems;

namespace Campaigns.Bench.Rounds;

/// <summary>
/// Rounds over all systems in turn, each time in another order, so that a machine that drifts is fair.
/// </summary>
internal sealed class Comparison(Field field, GeneratorProcess generator, BenchOptions options)
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync()
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

        for (var round = 1; round <= options.Rounds; round++)
        {
            for (var place = 0; place < field.Contestants.Count; place++)
            {
                var contestant = field.Contestants[(place + round) % field.Contestants.Count];
                await field.CheckpointAsync();
                await Task.Delay(Settle);
                var result = await contestant.RunAsync(
                    generator, $"round{round}", options, options.Requests > 0 ? 0 : options.Seconds, options.Requests);
                contestant.Rounds.Add(result);
                Say($"round {round}", contestant, result);
            }
        }
    }

    private static void Say(string what, Contestant contestant, Round round)
    {
        var spent = round.Microseconds.Select(pair => $"{pair.Key} {Text("N1", pair.Value)} µs");
        Console.WriteLine(
            $"{what,-10}{contestant.System.Name,-33}{Text("N0", round.PerSecond),9}/s"
            + $"  p50 {Text("N2", round.Result.P50Milliseconds),6} ms"
            + $"  p99 {Text("N2", round.Result.P99Milliseconds),7} ms  "
            + string.Join("  ", spent));
    }

    private static string Text(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);
}
