using NBomber.Contracts;

namespace Campaigns.LoadRunner.Simulations;

/// <summary>When the copies of injecting simulations start: evenly within each interval, never bunched.</summary>
internal static class ArrivalPlan
{
    /// <summary>Whether the simulation injects, so that its copies start by the clock.</summary>
    public static bool IsOpen(LoadSimulation simulation) => simulation is LoadSimulation.Inject
        or LoadSimulation.RampingInject or LoadSimulation.InjectRandom or LoadSimulation.IterationsForInject
        or LoadSimulation.Pause;

    public static TimeSpan Duration(LoadSimulation simulation) => simulation switch
    {
        LoadSimulation.RampingConstant ramp => ramp.During,
        LoadSimulation.KeepConstant keep => keep.During,
        LoadSimulation.RampingInject ramp => ramp.During,
        LoadSimulation.Inject inject => inject.During,
        LoadSimulation.InjectRandom random => random.During,
        LoadSimulation.IterationsForInject some => some.Iterations * some.Interval / some.Rate,
        LoadSimulation.Pause pause => pause.During,
        _ => TimeSpan.Zero,
    };

    public static TimeSpan Duration(IEnumerable<LoadSimulation> simulations) =>
        simulations.Aggregate(TimeSpan.Zero, (sum, simulation) => sum + Duration(simulation));

    /// <summary>Copies per second at the end of a simulation; where the next ramp sets in.</summary>
    public static double EndRate(LoadSimulation simulation) => simulation switch
    {
        LoadSimulation.RampingInject ramp => ramp.Rate / ramp.Interval.TotalSeconds,
        LoadSimulation.Inject inject => inject.Rate / inject.Interval.TotalSeconds,
        LoadSimulation.InjectRandom random => random.MinRate / random.Interval.TotalSeconds,
        LoadSimulation.IterationsForInject some => some.Rate / some.Interval.TotalSeconds,
        _ => 0,
    };

    /// <summary>Copies per second at the most.</summary>
    /// <param name="before">Copies per second when it sets in.</param>
    public static double PeakRate(LoadSimulation simulation, double before) => simulation switch
    {
        LoadSimulation.RampingInject => Math.Max(before, EndRate(simulation)),
        LoadSimulation.InjectRandom random => random.MaxRate / random.Interval.TotalSeconds,
        _ => EndRate(simulation),
    };

    /// <summary>Iterations that are due: of a random rate the fewest, of copies that go round what is told.</summary>
    /// <param name="before">Copies per second when it sets in.</param>
    public static double Iterations(LoadSimulation simulation, double before) => simulation switch
    {
        LoadSimulation.RampingInject ramp => (before + EndRate(ramp)) / 2 * ramp.During.TotalSeconds,
        LoadSimulation.IterationsForInject some => some.Iterations,
        LoadSimulation.IterationsForConstant some => some.Iterations,
        _ => EndRate(simulation) * Duration(simulation).TotalSeconds,
    };

    /// <summary>Microseconds from the simulation's start, ascending.</summary>
    /// <param name="before">Copies per second when it sets in.</param>
    public static IEnumerable<long> Arrivals(LoadSimulation simulation, double before, Random random) =>
        simulation switch
        {
            LoadSimulation.Inject inject => Even(EndRate(inject), inject.During),
            LoadSimulation.IterationsForInject some => Even(EndRate(some), TimeSpan.MaxValue).Take(some.Iterations),
            LoadSimulation.RampingInject ramp => Ramp(before, EndRate(ramp), ramp.During),
            LoadSimulation.InjectRandom some => Randomly(some, random),
            _ => [],
        };

    private static IEnumerable<long> Even(double rate, TimeSpan during)
    {
        for (long i = 0; rate > 0; i++)
        {
            var at = i / rate * 1e6;
            if (at >= during.TotalMicroseconds)
            {
                yield break;
            }

            yield return (long)at;
        }
    }

    /// <summary>
    /// The i-th copy starts where the integral of the rate, from * t + (to - from) * t^2 / 2T, reaches i.
    /// </summary>
    private static IEnumerable<long> Ramp(double from, double to, TimeSpan during)
    {
        var length = during.TotalSeconds;
        var slope = (to - from) / length;
        var total = (from + to) / 2 * length;
        for (long i = 0; i < total; i++)
        {
            var at = Math.Abs(slope) < 1e-9
                ? i / from
                : (-from + Math.Sqrt(Math.Max(0, (from * from) + (2 * slope * i)))) / slope;
            yield return (long)(Math.Min(at, length) * 1e6);
        }
    }

    private static IEnumerable<long> Randomly(LoadSimulation.InjectRandom some, Random random)
    {
        var interval = some.Interval.TotalMicroseconds;
        for (double start = 0; start < some.During.TotalMicroseconds; start += interval)
        {
            var rate = random.Next(some.MinRate, some.MaxRate + 1);
            for (var i = 0; i < rate; i++)
            {
                yield return (long)(start + (i * interval / rate));
            }
        }
    }
}
