using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Campaigns.Gateway.Metrics;

/// <summary>Listens to the process's meters and keeps their current values, bounded.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly MetricsOptions _options;
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> _instruments = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _collecting = new();
    private readonly Func<bool> _mayOpen;
    private int _series;
    private long _dropped;

    public MetricsCollector(MetricsOptions options)
    {
        _options = options;
        _mayOpen = MayOpen;
        _listener.InstrumentPublished = Published;
        _listener.MeasurementsCompleted = (instrument, state) => Ended(instrument);
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Measured(value, tags, state));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Measured(value, tags, state));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Measured(value, tags, state));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Measured(value, tags, state));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Measured(value, tags, state));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Measured(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Measured((double)value, tags, state));
        _listener.Start();
    }

    /// <summary>Measurements whose label set was one too many.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>All instruments with their values as of now, by name; several may share a name.</summary>
    public IReadOnlyList<InstrumentSeries> Collect()
    {
        lock (_collecting)
        {
            _listener.RecordObservableInstruments();
            foreach (var instrument in _instruments.Values)
            {
                Interlocked.Add(ref _series, -instrument.DropUnreported());
            }
        }

        return [.. _instruments.Values.OrderBy(instrument => instrument.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => _listener.Dispose();

    private void Published(Instrument instrument, MeterListener listener)
    {
        if (_options.Meters.Any(name => instrument.Meter.Name.StartsWith(name, StringComparison.Ordinal)))
        {
            var series = _instruments.GetOrAdd(instrument, key => new InstrumentSeries(key));
            listener.EnableMeasurementEvents(instrument, series);
        }
    }

    private void Ended(Instrument instrument)
    {
        if (_instruments.TryRemove(instrument, out var ended))
        {
            Interlocked.Add(ref _series, -ended.All.Count());
        }
    }

    private void Measured(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((InstrumentSeries)state!).Measure(value, tags, _mayOpen);

    private bool MayOpen()
    {
        if (Interlocked.Increment(ref _series) <= _options.Series)
        {
            return true;
        }

        Interlocked.Decrement(ref _series);
        Interlocked.Increment(ref _dropped);
        return false;
    }
}
