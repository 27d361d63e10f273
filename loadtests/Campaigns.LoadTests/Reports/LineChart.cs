using System.Globalization;
using System.Net;
using System.Text;

namespace Campaigns.LoadTests.Reports;

/// <summary>Lines over time as inline SVG: a page that needs nothing else.</summary>
internal sealed class LineChart(string title, string unit)
{
    private const int Width = 900;
    private const int Height = 220;
    private const int Left = 70;
    private const int Bottom = 30;
    private const int Top = 30;
    private const int Title = 16;
    private const int Lines = 4;

    private readonly List<(string Name, string Colour, IReadOnlyList<(double X, double Y)> Points)> _series = [];

    public LineChart Add(string name, string colour, IEnumerable<(double Seconds, double Value)> points)
    {
        _series.Add((name, colour, [.. points]));
        return this;
    }

    public string Svg()
    {
        var all = _series.SelectMany(series => series.Points).ToList();
        var right = Math.Max(1, all.Select(point => point.X).DefaultIfEmpty().Max());
        var top = Ceiling(all.Select(point => point.Y).DefaultIfEmpty().Max());
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\">");
        svg.Append("<title>").Append(Encode(title)).Append("</title>");
        Text(svg, Left, Title, "start", $"{title}, {unit}", "t");
        for (var line = 0; line <= Lines; line++)
        {
            var value = top * line / Lines;
            var y = Number(Y(value, top));
            svg.Append($"<line x1=\"{Left}\" x2=\"{Width}\" y1=\"{y}\" y2=\"{y}\" class=\"g\"/>");
            Text(svg, Left - 6, Y(value, top) + 4, "end", Number(value), "n");
            var x = Left + ((Width - Left) * line / Lines);
            Text(svg, x, Height - 10, line == Lines ? "end" : "middle", Number(right * line / Lines) + " s", "n");
        }

        var legend = Width;
        foreach (var (name, colour, points) in Enumerable.Reverse(_series))
        {
            var path = string.Join(' ', points.Select(
                point => Number(Left + ((Width - Left) * point.X / right)) + "," + Number(Y(point.Y, top))));
            svg.Append($"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\"/>");
            Text(svg, legend, Title, "end", name, $"n\" fill=\"{colour}");
            legend -= 12 + (7 * name.Length);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text, string style) => svg
        .Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" text-anchor=\"{anchor}\" class=\"{style}\">")
        .Append(Encode(text)).Append("</text>");

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static double Y(double value, double top) => Height - Bottom - ((Height - Bottom - Top) * value / top);

    /// <summary>The next 1, 2 or 5 times a power of ten.</summary>
    private static double Ceiling(double value)
    {
        if (value <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return ((double[])[1, 2, 5, 10]).Select(step => step * power).First(step => step >= value);
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
