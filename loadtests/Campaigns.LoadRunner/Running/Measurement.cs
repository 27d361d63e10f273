using Campaigns.LoadRunner.Measuring;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace Campaigns.LoadRunner.Running;

/// <summary>What was measured of a scenario or step. Safe for concurrent use.</summary>
internal sealed class Measurement
{
    /// <summary>Codes that are kept apart; a scenario that makes one per request must not grow.</summary>
    private const int MostCodes = 200;

    private readonly Lock _gate = new();
    private readonly Side _ok = new();
    private readonly Side _fail = new();

    public long Failures
    {
        get
        {
            lock (_gate)
            {
                return _fail.Count;
            }
        }
    }

    /// <param name="microseconds">Null: it was never sent, so there is no time to tell.</param>
    public void Record(IResponse response, long? microseconds)
    {
        lock (_gate)
        {
            (response.IsError ? _fail : _ok).Record(response, microseconds);
        }
    }

    public (MeasurementStats Ok, MeasurementStats Fail) Describe(TimeSpan duration)
    {
        lock (_gate)
        {
            var all = _ok.Count + _fail.Count;
            return (_ok.Describe(all, duration, isError: false), _fail.Describe(all, duration, isError: true));
        }
    }

    private static int Percent(long part, long all) => all == 0 ? 0 : (int)Math.Round(100.0 * part / all);

    private sealed class Side
    {
        private readonly LatencyHistogram _latency = new();
        private readonly Dictionary<string, (int Count, string Message)> _codes = new(StringComparer.Ordinal);
        private long _minBytes;
        private long _maxBytes;
        private long _allBytes;

        public long Count { get; private set; }

        public void Record(IResponse response, long? microseconds)
        {
            if (microseconds is { } time)
            {
                _latency.Record(response.CustomLatencyMs > 0 ? (long)(response.CustomLatencyMs * 1000) : time);
            }

            _minBytes = Count == 0 ? response.SizeBytes : Math.Min(_minBytes, response.SizeBytes);
            _maxBytes = Math.Max(_maxBytes, response.SizeBytes);
            _allBytes += response.SizeBytes;
            Count++;
            var code = _codes.ContainsKey(response.StatusCode) || _codes.Count < MostCodes
                ? response.StatusCode
                : "(others)";
            var known = _codes.GetValueOrDefault(code, (0, response.Message));
            _codes[code] = known with { Item1 = known.Item1 + 1 };
        }

        public MeasurementStats Describe(long all, TimeSpan duration, bool isError) => new()
        {
            Request = new RequestStats
            {
                Count = (int)Count,
                RPS = duration > TimeSpan.Zero ? Count / duration.TotalSeconds : 0,
                Percent = Percent(Count, all),
            },
            Latency = new LatencyStats
            {
                MinMs = _latency.Min / 1000.0,
                MeanMs = _latency.Mean / 1000.0,
                MaxMs = _latency.Max / 1000.0,
                Percent50 = _latency.Quantile(0.5) / 1000.0,
                Percent75 = _latency.Quantile(0.75) / 1000.0,
                Percent95 = _latency.Quantile(0.95) / 1000.0,
                Percent99 = _latency.Quantile(0.99) / 1000.0,
                StdDev = _latency.StandardDeviation / 1000.0,
            },
            DataTransfer = new DataTransferStats
            {
                MinBytes = _minBytes,
                MeanBytes = Count == 0 ? 0 : _allBytes / Count,
                MaxBytes = _maxBytes,
                AllBytes = _allBytes,
            },
            StatusCodes =
            [
                .. _codes.OrderByDescending(pair => pair.Value.Count).Select(pair => new StatusCodeStats
                {
                    StatusCode = pair.Key,
                    IsError = isError,
                    Message = pair.Value.Message,
                    Count = pair.Value.Count,
                    Percent = Percent(pair.Value.Count, all),
                }),
            ],
        };
    }
}
