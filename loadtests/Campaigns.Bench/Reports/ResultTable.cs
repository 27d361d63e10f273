using System.Globalization;
using System.Text;
using Campaigns.Bench.Rounds;

namespace Campaigns.Bench.Reports;

/// <summary>Medians and ratios as a Markdown table.</summary>
internal static class ResultTable
{
    private static readonly string[] Processes = ["generator", "server", "redis", "postgres"];

    /// <summary>Whom the others are compared with, and the column's head.</summary>
    private static readonly (string Key, string Head)[] Peers =
    [
        (Field.RedisAlways, "x redis-always"), (Field.Noop, "x no-op"), (Field.PostgresCounter, "x counter"),
        (Field.OrleansState, "x orleans-state"),
    ];

    public static string Of(IReadOnlyList<Contestant> contestants)
    {
        var text = new StringBuilder();
        string[] heads =
        [
            "per second", "min - max", .. Shown(contestants).Select(peer => peer.Head), "p50 ms", "p99 ms",
            .. Processes.Select(process => process + " µs"), "all µs", "others",
        ];
        text.AppendLine($"| system | {string.Join(" | ", heads)} |");
        text.AppendLine("|---" + string.Concat(heads.Select(_ => "|--:")) + "|");
        foreach (var contestant in contestants)
        {
            text.AppendLine(Row(contestant, contestants));
        }

        return text.ToString();
    }

    public static double PerSecond(Contestant contestant) => Median(contestant, round => round.PerSecond);

    private static string Row(Contestant contestant, IReadOnlyList<Contestant> all)
    {
        var rates = contestant.Rounds.Select(round => round.PerSecond).ToList();
        string[] cells =
        [
            contestant.System.Name,
            Text("N0", PerSecond(contestant)),
            $"{Text("N0", rates.Min())} - {Text("N0", rates.Max())}",
            .. Shown(all).Select(peer => Ratio(contestant, all.FirstOrDefault(other => other.Key == peer.Key))),
            Text("N1", Median(contestant, round => round.Result.P50Milliseconds)),
            Text("N1", Median(contestant, round => round.Result.P99Milliseconds)),
            .. Processes.Select(process => Microseconds(contestant, process)),
            Text("N1", Median(contestant, round => round.Microseconds.Values.Sum())),
            Text("P0", Median(contestant, round => round.Others)),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    /// <summary>Orleans' own persistence has a column where it ran.</summary>
    private static IEnumerable<(string Key, string Head)> Shown(IReadOnlyList<Contestant> all) => Peers.Where(
        peer => peer.Key != Field.OrleansState || all.Any(contestant => contestant.Key == peer.Key));

    private static string Ratio(Contestant contestant, Contestant? peer) =>
        peer is null ? "" : Text("N2", PerSecond(contestant) / PerSecond(peer));

    private static string Microseconds(Contestant contestant, string process) =>
        contestant.Rounds[0].Microseconds.ContainsKey(process)
            ? Text("N1", Median(contestant, round => round.Microseconds[process]))
            : "";

    public static double Median(Contestant contestant, Func<Round, double> value)
    {
        var sorted = contestant.Rounds.Select(value).Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static string Text(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);
}
