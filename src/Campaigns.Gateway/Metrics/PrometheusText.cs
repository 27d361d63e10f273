using System.Globalization;
using System.Text;

namespace Campaigns.Gateway.Metrics;

/// <summary>Writes the Prometheus text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(MetricsCollector collector)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var family in collector.Collect().GroupBy(instrument => (instrument.Name, instrument.Type)))
        {
            var (name, type) = family.Key;
            Head(text, name, family.First().Help, type.ToString().ToLowerInvariant());
            // Two instruments of one name may have one label set; a scraper takes each only once.
            var shown = new HashSet<string>(StringComparer.Ordinal);
            foreach (var instrument in family)
            {
                foreach (var series in instrument.All)
                {
                    if (shown.Add(series.Text))
                    {
                        Write(text, instrument, series);
                    }
                }
            }
        }

        Head(text, "campaigns_metrics_dropped_total", "Measurements whose label set was one too many", "counter");
        Sample(text, "campaigns_metrics_dropped_total", "", collector.Dropped);
        return text.ToString();
    }

    private static void Write(StringBuilder text, InstrumentSeries instrument, Series series)
    {
        if (instrument.Bounds is not { } bounds)
        {
            Sample(text, instrument.Name, series.Text, series.Value);
            return;
        }

        long count = 0;
        for (var i = 0; i <= bounds.Length; i++)
        {
            count += series.Bucket(i);
            var bound = i == bounds.Length ? "+Inf" : Number(bounds[i]);
            Sample(text, instrument.Name + "_bucket", With(series.Text, $"le=\"{bound}\""), count);
        }

        Sample(text, instrument.Name + "_sum", series.Text, series.Value);
        Sample(text, instrument.Name + "_count", series.Text, count);
    }

    private static void Head(StringBuilder text, string name, string help, string type) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n')
            .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Sample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string With(string labels, string label) => labels.Length == 0 ? label : labels + "," + label;

    private static string Number(double number) => number switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };
}
