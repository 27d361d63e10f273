using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Campaigns.Gateway.Metrics;

/// <summary>How Prometheus calls an instrument's kind.</summary>
internal enum MetricType
{
    /// <summary>Never valid.</summary>
    None = 0,
    Counter,
    Gauge,
    Histogram,
}

/// <summary>An instrument and its series.</summary>
internal sealed class InstrumentSeries
{
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<int, Series[]> _byHash = new();
    private readonly bool _isObserved;
    private readonly bool _isChange;

    public InstrumentSeries(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        var isUpDown = kind.Contains("UpDown", StringComparison.Ordinal);
        var isGauge = kind.Contains("Gauge", StringComparison.Ordinal);
        var isHistogram = kind.Contains("Histogram", StringComparison.Ordinal);
        Type = isHistogram ? MetricType.Histogram : isUpDown || isGauge ? MetricType.Gauge : MetricType.Counter;
        _isObserved = instrument.IsObservable;
        _isChange = !_isObserved && isUpDown;
        Bounds = isHistogram ? Boundaries(instrument) : null;
        Name = PrometheusName(instrument);
        Help = (instrument.Description ?? instrument.Name)
            .ReplaceLineEndings(" ")
            .Replace("\\", "\\\\", StringComparison.Ordinal);
    }

    public string Name { get; }

    public string Help { get; }

    public MetricType Type { get; }

    /// <summary>Upper bounds of the buckets of a histogram.</summary>
    public double[]? Bounds { get; }

    public IEnumerable<Series> All => _byHash.Values.SelectMany(series => series);

    /// <param name="mayOpen">Asked before a further label set is kept.</param>
    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, Func<bool> mayOpen)
    {
        var series = Find(tags) ?? Open(tags, mayOpen);
        if (series is null)
        {
            return;
        }

        switch (Type)
        {
            case MetricType.Histogram:
                series.Record(value);
                break;
            case MetricType.Gauge when !_isChange:
                series.Set(value);
                break;
            default:
                if (_isObserved)
                {
                    series.Set(value);
                }
                else
                {
                    series.Add(value);
                }

                break;
        }
    }

    /// <summary>
    /// Ends a collection: a level that was observed before and is no longer reported is not there any more. Returns how
    /// many label sets that were. Counters and histograms keep theirs.
    /// </summary>
    public int DropUnreported()
    {
        if (!_isObserved || Type != MetricType.Gauge)
        {
            return 0;
        }

        var dropped = 0;
        lock (_byHash)
        {
            foreach (var (hash, series) in _byHash)
            {
                var reported = Array.FindAll(series, one => one.TakeReported());
                dropped += series.Length - reported.Length;
                if (reported.Length == 0)
                {
                    _byHash.TryRemove(hash, out _);
                }
                else
                {
                    _byHash[hash] = reported;
                }
            }
        }

        return dropped;
    }

    private Series? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_byHash.TryGetValue(Labels.Hash(tags), out var candidates))
        {
            foreach (var series in candidates)
            {
                if (Labels.Equal(series.Tags, tags))
                {
                    return series;
                }
            }
        }

        return null;
    }

    private Series? Open(ReadOnlySpan<KeyValuePair<string, object?>> tags, Func<bool> mayOpen)
    {
        lock (_byHash)
        {
            if (Find(tags) is { } opened)
            {
                return opened;
            }

            if (!mayOpen())
            {
                return null;
            }

            var series = new Series(tags.ToArray(), Bounds);
            _byHash.AddOrUpdate(Labels.Hash(tags), [series], (_, others) => [.. others, series]);
            return series;
        }
    }

    private static double[] Boundaries(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<float> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => Seconds,
    };

    /// <summary>Dots become underscores; the unit, and _total on counters, become suffixes.</summary>
    private string PrometheusName(Instrument instrument)
    {
        var name = Labels.Name(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        name += name.EndsWith(unit, StringComparison.Ordinal) ? "" : unit;
        return Type == MetricType.Counter && !name.EndsWith("_total", StringComparison.Ordinal)
            ? name + "_total"
            : name;
    }
}
