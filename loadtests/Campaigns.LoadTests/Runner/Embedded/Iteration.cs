using Campaigns.LoadRunner.Running;
using NBomber.Contracts;

namespace Campaigns.LoadTests.Runner;

/// <summary>What the runner knows of an iteration's time.</summary>
internal readonly struct Iteration
{
    private readonly OpenLoopContext _context;

    private Iteration(OpenLoopContext context)
    {
        _context = context;
        Intended = context.GetScenarioTimerTime() - TimeSpan.FromMicroseconds(context.SinceIntended);
    }

    /// <summary>When it was to begin, since the run began to be measured.</summary>
    public TimeSpan Intended { get; }

    /// <summary>Microseconds since it was to begin, whenever it really began.</summary>
    public long Since => _context.SinceIntended;

    public static Iteration Begin(IScenarioContext context) => new((OpenLoopContext)context);
}
