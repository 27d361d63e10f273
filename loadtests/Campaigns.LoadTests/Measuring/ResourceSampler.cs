using System.Diagnostics;

namespace Campaigns.LoadTests.Measuring;

/// <summary>Memory and processor time of the host and of the generator at one moment.</summary>
/// <param name="At">Since sampling began.</param>
/// <param name="HostMemory">Bytes resident; 0: the host is not on this machine, or is down.</param>
/// <param name="HostProcessor">Processor time so far.</param>
internal readonly record struct ResourceSample(
    TimeSpan At, long HostMemory, TimeSpan HostProcessor, TimeSpan GeneratorProcessor);

/// <summary>Looks at both processes once a second; a host that died and came back counts on.</summary>
internal sealed class ResourceSampler : IDisposable
{
    /// <summary>About 11 hours.</summary>
    private const int Most = 40_000;

    private readonly Func<int?> _host;
    private readonly List<ResourceSample> _samples = [];
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Timer _timer;
    private TimeSpan _earlierHosts;
    private TimeSpan _lastOfHost;
    private int? _lastHost;

    public ResourceSampler(Func<int?> host)
    {
        _host = host;
        _timer = new Timer(_ => Sample(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    public IReadOnlyList<ResourceSample> Samples
    {
        get
        {
            lock (_samples)
            {
                return [.. _samples];
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        lock (_samples)
        {
            if (_samples.Count >= Most)
            {
                return;
            }

            var (memory, processor) = Host();
            _samples.Add(new ResourceSample(
                Stopwatch.GetElapsedTime(_began), memory, processor, Environment.CpuUsage.TotalTime));
        }
    }

    private (long Memory, TimeSpan Processor) Host()
    {
        try
        {
            if (_host() is { } id)
            {
                using var process = Process.GetProcessById(id);
                var processor = process.TotalProcessorTime;
                if (_lastHost is { } last && last != id)
                {
                    _earlierHosts += _lastOfHost;
                }

                (_lastHost, _lastOfHost) = (id, processor);
                return (process.WorkingSet64, _earlierHosts + processor);
            }
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It has just died; the next look finds its successor.
        }

        return (0, _earlierHosts + _lastOfHost);
    }
}
