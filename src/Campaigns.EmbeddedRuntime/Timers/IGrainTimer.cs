using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>A running timer of a grain.</summary>
    public interface IGrainTimer : IDisposable
    {
        /// <summary>Counts anew; during a tick the change counts from the tick's end.</summary>
        void Change(TimeSpan dueTime, TimeSpan period);
    }

    /// <summary>When a timer ticks, and how its ticks mix with calls.</summary>
    public readonly struct GrainTimerCreationOptions
    {
        public GrainTimerCreationOptions()
        {
        }

        [SetsRequiredMembers]
        public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        {
            DueTime = dueTime;
            Period = period;
        }

        /// <summary>The wait before the first tick.</summary>
        public required TimeSpan DueTime { get; init; }

        /// <summary>The wait from a tick's end to the next tick; infinite for a single tick.</summary>
        public required TimeSpan Period { get; init; }

        /// <summary>Ticks run amid other calls instead of waiting for their turn.</summary>
        public bool Interleave { get; init; }

        /// <summary>Ticks count as use, so that the activation does not become idle.</summary>
        public bool KeepAlive { get; init; }
    }
}

namespace Orleans.Timers
{
    /// <summary>Makes the timers of grains.</summary>
    public interface ITimerRegistry
    {
        IGrainTimer RegisterGrainTimer<TState>(
            IGrainContext grainContext,
            Func<TState, CancellationToken, Task> callback,
            TState state,
            GrainTimerCreationOptions options);
    }
}
