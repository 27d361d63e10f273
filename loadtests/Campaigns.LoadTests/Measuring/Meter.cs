using System.Diagnostics;
using Campaigns.LoadRunner.Measuring;
using Campaigns.LoadTests.Http;

namespace Campaigns.LoadTests.Measuring;

/// <summary>
/// What was measured of a run, by kind of request and over time. A request counts for the moment at which it was to be
/// sent. Safe for concurrent use; at most <see cref="MostIntervals"/> intervals, which get longer with the run.
/// </summary>
internal sealed class Meter
{
    /// <summary>Kind of requests that were due and not sent: nobody knows what they would have asked.</summary>
    public const string NotSentKind = "not sent";

    private const int MostIntervals = 300;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Tally> _kinds = new(StringComparer.Ordinal);
    private readonly Interval[] _intervals;
    private readonly long _made = Stopwatch.GetTimestamp();

    public Meter(TimeSpan planned)
    {
        IntervalLength = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(planned.TotalSeconds / MostIntervals)));
        // The last one takes what comes after the end.
        _intervals = [.. Enumerable.Range(0, (int)Math.Ceiling(planned / IntervalLength) + 1)
            .Select(number => new Interval(number * IntervalLength))];
    }

    public TimeSpan IntervalLength { get; }

    /// <summary>When measuring began, since the meter was made; samples of resources are counted from there.</summary>
    public TimeSpan BeganAfter { get; private set; }

    /// <summary>What ran, in the order of first use.</summary>
    public IReadOnlyList<Tally> Kinds
    {
        get
        {
            lock (_gate)
            {
                return [.. _kinds.Values];
            }
        }
    }

    public IReadOnlyList<Interval> Intervals => _intervals;

    /// <param name="intended">Since the run began to be measured.</param>
    /// <param name="latency">Microseconds since that moment.</param>
    /// <param name="service">Microseconds since the request was really sent.</param>
    public void Record(string kind, Verdict verdict, string code, TimeSpan intended, long latency, long service)
    {
        lock (_gate)
        {
            if (BeganAfter == TimeSpan.Zero)
            {
                BeganAfter = Stopwatch.GetElapsedTime(_made) - intended - TimeSpan.FromMicroseconds(latency);
            }

            if (!_kinds.TryGetValue(kind, out var tally))
            {
                _kinds[kind] = tally = new Tally(kind);
            }

            tally.Record(verdict, code, latency, service);
            At(intended).Record(verdict, latency, service);
            if (code != Verdicts.NotSent)
            {
                At(intended + TimeSpan.FromMicroseconds(latency - service)).CountSent();
            }
        }
    }

    /// <summary>A request that was due and that the generator did not send; it has failed.</summary>
    /// <param name="intended">Since the run began to be measured.</param>
    public void NotSent(TimeSpan intended) =>
        Record(NotSentKind, Verdict.Failed, Verdicts.NotSent, intended, 0, 0);

    /// <summary>All of a span of time, of which the intervals that begin in it are taken.</summary>
    public Interval Sum(TimeSpan from, TimeSpan until)
    {
        lock (_gate)
        {
            var sum = new Interval(from);
            foreach (var interval in _intervals.Where(interval => interval.From >= from && interval.From < until))
            {
                sum.Add(interval);
            }

            return sum;
        }
    }

    private Interval At(TimeSpan moment) =>
        _intervals[Math.Clamp((int)(moment / IntervalLength), 0, _intervals.Length - 1)];

    /// <summary>All kinds together.</summary>
    public Tally Total()
    {
        lock (_gate)
        {
            var total = new Tally("all");
            foreach (var tally in _kinds.Values)
            {
                total.Add(tally);
            }

            return total;
        }
    }
}

/// <summary>Counts of one kind of request.</summary>
internal sealed class Tally(string kind)
{
    private readonly long[] _verdicts = new long[(int)Verdict.Failed + 1];
    private readonly Dictionary<string, long> _codes = new(StringComparer.Ordinal);

    public string Kind => kind;

    /// <summary>Microseconds from the intended time to a definite answer, done or refused.</summary>
    public LatencyHistogram Answered { get; } = new();

    /// <summary>Microseconds from sending to "ask again".</summary>
    public LatencyHistogram Turned { get; } = new();

    public IReadOnlyDictionary<string, long> Codes => _codes;

    /// <summary>Requests that were due, sent or not.</summary>
    public long All => _verdicts.Sum();

    public long NotSent => _codes.GetValueOrDefault(Verdicts.NotSent);

    public long this[Verdict verdict] => _verdicts[(int)verdict];

    public void Record(Verdict verdict, string code, long latency, long service)
    {
        _verdicts[(int)verdict]++;
        _codes[code] = _codes.GetValueOrDefault(code) + 1;
        if (verdict is Verdict.Done or Verdict.Refused)
        {
            Answered.Record(latency);
        }
        else if (verdict == Verdict.Busy)
        {
            Turned.Record(service);
        }
    }

    public void Add(Tally other)
    {
        for (var i = 0; i < _verdicts.Length; i++)
        {
            _verdicts[i] += other._verdicts[i];
        }

        foreach (var (code, count) in other._codes)
        {
            _codes[code] = _codes.GetValueOrDefault(code) + count;
        }

        Answered.Add(other.Answered);
        Turned.Add(other.Turned);
    }
}

/// <summary>Counts of requests that were to be sent from a moment on, and of those that really were.</summary>
internal sealed class Interval(TimeSpan from)
{
    private readonly long[] _verdicts = new long[(int)Verdict.Failed + 1];

    public TimeSpan From => from;

    public LatencyHistogram Answered { get; } = new();

    public LatencyHistogram Turned { get; } = new();

    /// <summary>Requests that were to be sent in it.</summary>
    public long All => _verdicts.Sum();

    /// <summary>Requests that were sent in it, whenever they were to be.</summary>
    public long Sent { get; private set; }

    public long this[Verdict verdict] => _verdicts[(int)verdict];

    public void CountSent() => Sent++;

    public void Record(Verdict verdict, long latency, long service)
    {
        _verdicts[(int)verdict]++;
        if (verdict is Verdict.Done or Verdict.Refused)
        {
            Answered.Record(latency);
        }
        else if (verdict == Verdict.Busy)
        {
            Turned.Record(service);
        }
    }

    public void Add(Interval other)
    {
        for (var i = 0; i < _verdicts.Length; i++)
        {
            _verdicts[i] += other._verdicts[i];
        }

        Sent += other.Sent;
        Answered.Add(other.Answered);
        Turned.Add(other.Turned);
    }
}
