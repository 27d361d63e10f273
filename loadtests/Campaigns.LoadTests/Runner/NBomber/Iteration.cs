using System.Diagnostics;
using NBomber.Contracts;

namespace Campaigns.LoadTests.Runner;

/// <summary>
/// What the runner knows of an iteration's time: when it began. When it was to begin NBomber does not tell.
/// </summary>
internal readonly struct Iteration
{
    private readonly long _began;

    private Iteration(IScenarioContext context)
    {
        _began = Stopwatch.GetTimestamp();
        Intended = context.GetScenarioTimerTime();
    }

    /// <summary>When it began, since the run began to be measured.</summary>
    public TimeSpan Intended { get; }

    /// <summary>Microseconds since it began.</summary>
    public long Since => (long)Stopwatch.GetElapsedTime(_began).TotalMicroseconds;

    public static Iteration Begin(IScenarioContext context) => new(context);
}
