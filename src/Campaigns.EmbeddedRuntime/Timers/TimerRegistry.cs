using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Embedded;

/// <summary>Makes timers for activations of this runtime.</summary>
internal sealed class TimerRegistry : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var activation = grainContext as Activation
            ?? throw new ArgumentException("Timers need an activation of this runtime.", nameof(grainContext));
        var timer = new GrainTimer<TState>(activation, callback, state, options);
        activation.AddTimer(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }
}
