namespace NBomber.Contracts;

/// <summary>One part of a scenario's load over time; made by <c>NBomber.CSharp.Simulation</c>.</summary>
public abstract record LoadSimulation
{
    private protected LoadSimulation()
    {
    }

    internal sealed record RampingConstant(int Copies, TimeSpan During) : LoadSimulation;

    internal sealed record KeepConstant(int Copies, TimeSpan During) : LoadSimulation;

    internal sealed record IterationsForConstant(int Copies, int Iterations) : LoadSimulation;

    internal sealed record RampingInject(int Rate, TimeSpan Interval, TimeSpan During) : LoadSimulation;

    internal sealed record Inject(int Rate, TimeSpan Interval, TimeSpan During) : LoadSimulation;

    internal sealed record InjectRandom(int MinRate, int MaxRate, TimeSpan Interval, TimeSpan During) : LoadSimulation;

    internal sealed record IterationsForInject(int Rate, TimeSpan Interval, int Iterations) : LoadSimulation;

    internal sealed record Pause(TimeSpan During) : LoadSimulation;
}
