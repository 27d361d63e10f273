using Campaigns.Simulation.PlantedFaults;
using Campaigns.Simulation.Plans;

namespace Campaigns.Simulation.Runs;

/// <summary>Runs many seeds, as many at a time as there are processors; each on a thread of its own.</summary>
internal sealed class SeedBatch(string? planted = null)
{
    private readonly Lock _gate = new();
    private readonly List<SeedResult> _failed = [];
    private ulong _next;
    private ulong _end;
    private int _mostFailures;

    /// <summary>How many have been run.</summary>
    public int Done { get; private set; }

    public long Steps { get; private set; }

    /// <summary>Called after each seed, never by two threads at once.</summary>
    public Action<SeedBatch> OnDone { get; set; } = _ => { };

    /// <summary>The failing seeds, in the order of their numbers.</summary>
    public IReadOnlyList<SeedResult> Failed => [.. _failed.OrderBy(result => result.Seed)];

    /// <param name="mostFailures">No further seed is begun after so many.</param>
    public IReadOnlyList<SeedResult> Run(ulong from, int count, int mostFailures = 1)
    {
        (_next, _end, _mostFailures) = (from, from + (ulong)count, mostFailures);
        var threads = Enumerable.Range(0, Math.Min(Environment.ProcessorCount, count))
            .Select(_ => new Thread(Work) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return Failed;
    }

    private void Work()
    {
        while (Take() is { } seed)
        {
            var result = SeedRun.Of(Plan.For(seed), PlantedFault.Of(planted));
            lock (_gate)
            {
                Done++;
                Steps += result.Steps;
                if (result.Violation is not null)
                    _failed.Add(result);
                OnDone(this);
            }
        }
    }

    private ulong? Take()
    {
        lock (_gate)
            return _next < _end && _failed.Count < _mostFailures ? _next++ : null;
    }
}
