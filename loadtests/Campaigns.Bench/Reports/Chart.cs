using System.Globalization;
using System.Net;
using System.Text;
using Campaigns.Bench.Rounds;

namespace Campaigns.Bench.Reports;

/// <summary>Medians as bars, with a line from the slowest to the fastest round.</summary>
internal static class Chart
{
    private const string Ours = "#1f6f43";
    private const string Theirs = "#8fa3b0";
    private const int Width = 860;
    private const int WidthOfTwoRatios = 1_060;
    private const int BarsAt = 250;
    private const int BarsWidth = 420;
    private const int Row = 34;
    private const int Top = 52;

    public static string Of(string title, IReadOnlyList<Contestant> contestants)
    {
        var most = contestants.Max(contestant => contestant.Rounds.Max(round => round.PerSecond));
        (string Name, double Rate)[] peers =
        [
            .. contestants.Where(contestant => contestant.Key == Field.RedisAlways)
                .Select(redis => ("Redis AOF always", ResultTable.PerSecond(redis))),
            .. contestants.Where(contestant => contestant.Key == Field.OrleansState)
                .Select(state => ("Orleans state", ResultTable.PerSecond(state))),
        ];
        var text = new StringBuilder();
        var width = peers.Length > 1 ? WidthOfTwoRatios : Width;
        var height = Top + (Row * contestants.Count) + 16;
        text.AppendLine(Line(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif">
            """));
        text.AppendLine(Line($"""<rect width="{width}" height="{height}" fill="#ffffff"/>"""));
        text.AppendLine(Label(16, 28, 16, "start", title));
        for (var i = 0; i < contestants.Count; i++)
        {
            Bar(text, contestants[i], Top + (Row * i), most, peers);
        }

        return text.AppendLine("</svg>").ToString();
    }

    private static void Bar(
        StringBuilder text, Contestant contestant, int y, double most, (string Name, double Rate)[] peers)
    {
        var median = ResultTable.PerSecond(contestant);
        var rates = contestant.Rounds.Select(round => round.PerSecond).ToList();
        var colour = contestant.System.Name.StartsWith("campaigns", StringComparison.Ordinal) ? Ours : Theirs;
        double At(double rate) => BarsAt + (BarsWidth * rate / most);

        text.AppendLine(Label(BarsAt - 10, y + 17, 13, "end", contestant.System.Name));
        text.AppendLine(Line(
            $"""
            <rect x="{BarsAt}" y="{y}" width="{At(median) - BarsAt:F1}" height="24" fill="{colour}"/>
            """));
        text.AppendLine(Line(
            $"""
            <path d="M{At(rates.Min()):F1} {y + 12}H{At(rates.Max()):F1}" stroke="#222222" stroke-width="2"/>
            """));
        var ratios = string.Join(", ", peers.Select(peer => Line($"{median / peer.Rate:F2} x {peer.Name}")));
        var label = Line($"{median:N0}/s") + (ratios.Length == 0 ? "" : $" ({ratios})");
        text.AppendLine(Label(At(rates.Max()) + 8, y + 17, 13, "start", label));
    }

    private static string Label(double x, int y, int size, string anchor, string text) => Line(
        $"""
        <text x="{x:F1}" y="{y}" font-size="{size}" text-anchor="{anchor}">{WebUtility.HtmlEncode(text)}</text>
        """);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
