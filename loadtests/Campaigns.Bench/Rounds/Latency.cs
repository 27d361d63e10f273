using System.Globalization;
using System.Text;
using Campaigns.Bench.Reports;
using Campaigns.Bench.Systems;

namespace Campaigns.Bench.Rounds;

/// <summary>
/// How long a draw takes at a share of the highest rate, in open loop, beside the no-op at the same rate.
/// </summary>
internal sealed class Latency(Field field, GeneratorProcess generator, BenchOptions options)
{
    private const double Share = 0.7;
    private const int RoundsToFindTheHighest = 3;

    /// <summary>What takes part; the last is measured for its highest rate.</summary>
    public static IReadOnlyList<string> Systems { get; } = [Field.Noop, Field.CampaignsPostgres];

    public async Task<string> RunAsync()
    {
        var comparison = new Comparison(field, generator, options);
        await comparison.WarmUpAsync();
        var ours = field.Contestants[^1];
        for (var round = 1; round <= RoundsToFindTheHighest; round++)
        {
            await comparison.SettleAsync();
            ours.Rounds.Add(await ours.RunAsync(generator, $"highest{round}", options, options.Seconds, 0));
            Comparison.Say("highest", ours, ours.Rounds[^1]);
        }

        var highest = ResultTable.PerSecond(ours);
        var rate = Math.Floor(highest * Share);
        var rows = new StringBuilder();
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var contestant in field.Contestants)
            {
                await comparison.SettleAsync();
                var measured = await contestant.RunAsync(
                    generator, $"open{round}", options, 0, (int)(rate * (1 + options.Seconds)), rate, (int)rate);
                Comparison.Say($"open {round}", contestant, measured);
                rows.Append(Row(round, contestant.System.Name, measured));
            }
        }

        return Page(highest, rate, rows.ToString());
    }

    private static string Row(int round, string system, Round measured) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {round} | {system} | {measured.Result.P50Milliseconds:F1} | {measured.Result.P99Milliseconds:F1} "
        + $"| {measured.Result.P999Milliseconds:F1} | {measured.Result.MaxMilliseconds:F1} | {measured.Others:P0} |\n");

    private string Page(double highest, double rate, string rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        ## Latency at {Share:P0} of the highest rate

        Grains on {Programs.GrainRuntime}. The highest rate, {highest:N0} per second, is the median of
        {RoundsToFindTheHighest} rounds in closed loop of this run. Then {rate:N0} requests per second are sent for
        {options.Seconds} s at even intervals, whatever the answers do, over {options.Connections} connections, after a
        second in which the connections come to be used; a time counts from when its request was due. The no-op
        shows what generator and machine take for themselves.

        | round | system | p50 ms | p99 ms | p99.9 ms | max ms | others |
        |--:|---|--:|--:|--:|--:|--:|
        {rows}
        """);
}
