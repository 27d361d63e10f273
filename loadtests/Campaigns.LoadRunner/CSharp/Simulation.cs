using NBomber.Contracts;

namespace NBomber.CSharp;

/// <summary>
/// How many copies of a scenario run, or how many are injected. Inject simulations are open: the next copy starts at
/// its time, whatever became of those before. Constant ones are closed: a copy that waits is a copy that does not ask.
/// </summary>
public static class Simulation
{
    /// <summary>From the number before to <paramref name="copies"/>, evenly.</summary>
    public static LoadSimulation RampingConstant(int copies, TimeSpan during) =>
        new LoadSimulation.RampingConstant(copies, during);

    public static LoadSimulation KeepConstant(int copies, TimeSpan during) =>
        new LoadSimulation.KeepConstant(copies, during);

    public static LoadSimulation IterationsForConstant(int copies, int iterations) =>
        new LoadSimulation.IterationsForConstant(copies, iterations);

    /// <summary>From the rate before to <paramref name="rate"/> per interval, evenly.</summary>
    public static LoadSimulation RampingInject(int rate, TimeSpan interval, TimeSpan during) =>
        new LoadSimulation.RampingInject(rate, interval, during);

    public static LoadSimulation Inject(int rate, TimeSpan interval, TimeSpan during) =>
        new LoadSimulation.Inject(rate, interval, during);

    public static LoadSimulation InjectRandom(int minRate, int maxRate, TimeSpan interval, TimeSpan during) =>
        new LoadSimulation.InjectRandom(minRate, maxRate, interval, during);

    public static LoadSimulation IterationsForInject(int rate, TimeSpan interval, int iterations) =>
        new LoadSimulation.IterationsForInject(rate, interval, iterations);

    public static LoadSimulation Pause(TimeSpan during) => new LoadSimulation.Pause(during);
}
