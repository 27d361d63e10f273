using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain class offers the runtime; <see cref="Grain"/> is the usual way to have it.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    /// <summary>
    /// Runs before the first call. When it throws, the waiting calls fail and the next call activates anew.
    /// </summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last call, unless the process dies. What it throws is logged.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
