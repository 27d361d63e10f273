using System.Diagnostics;
using Campaigns.LoadRunner.Measuring;

namespace Campaigns.LoadTests.Measuring;

/// <summary>
/// How long this machine keeps a thread waiting that has nothing to do but wake up each millisecond: what no program
/// on it can be faster than. Where it stood still for long, each wake-up that was due meanwhile counts.
/// </summary>
internal sealed class Hiccups : IDisposable
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly List<LatencyHistogram> _seconds = [];
    private readonly long _began = Stopwatch.GetTimestamp();
    private volatile bool _disposed;

    public Hiccups() => new Thread(Watch) { IsBackground = true, Name = "hiccups" }.Start();

    /// <summary>Milliseconds too late, 99 of 100, of the seconds that begin in a span since this was made.</summary>
    public double P99(TimeSpan from, TimeSpan until)
    {
        lock (_gate)
        {
            var sum = new LatencyHistogram();
            var end = Math.Min(until.TotalSeconds, _seconds.Count);
            for (var second = (int)Math.Ceiling(from.TotalSeconds); second < end; second++)
            {
                sum.Add(_seconds[second]);
            }

            return sum.Quantile(0.99) / 1000.0;
        }
    }

    public void Dispose() => _disposed = true;

    private void Watch()
    {
        var due = Stopwatch.GetElapsedTime(_began);
        while (!_disposed)
        {
            Thread.Sleep(Nap);
            var now = Stopwatch.GetElapsedTime(_began);
            lock (_gate)
            {
                while (_seconds.Count <= (int)now.TotalSeconds)
                {
                    _seconds.Add(new LatencyHistogram());
                }

                for (due += Nap; due <= now; due += Nap)
                {
                    _seconds[(int)due.TotalSeconds].Record((long)(now - due).TotalMicroseconds);
                }

                due = now;
            }
        }
    }
}
