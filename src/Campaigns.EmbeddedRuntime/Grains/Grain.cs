using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

#pragma warning disable CA1725 // The parameter names are those of Orleans.
/// <summary>
/// The usual base of grain classes. One call runs at a time, and await lets nothing else in unless asked for.
/// </summary>
public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain() : this(RuntimeContext.Current!)
    {
    }

    /// <summary>For tests that make a grain by hand.</summary>
    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        GrainContext = grainContext;
        Runtime = grainRuntime ?? grainContext?.GetComponent<IGrainRuntime>()
            ?? grainContext?.ActivationServices.GetService<IGrainRuntime>();
    }

    public IGrainContext GrainContext { get; }

    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The grain id as text.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>Names the silo, for logs.</summary>
    public string RuntimeIdentity => Runtime?.SiloIdentity ?? "";

    internal IGrainRuntime? Runtime { get; }

    protected IGrainFactory GrainFactory => RequireRuntime().GrainFactory;

    protected internal IServiceProvider ServiceProvider =>
        GrainContext?.ActivationServices ?? RequireRuntime().ServiceProvider;

    /// <inheritdoc cref="IGrainBase.OnActivateAsync"/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="IGrainBase.OnDeactivateAsync"/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Deactivates once the running calls are done; queued calls go to a fresh activation.</summary>
    protected void DeactivateOnIdle() => RequireRuntime().DeactivateOnIdle(GrainContext);

    /// <summary>Keeps the idle activation for at least this time; zero cancels, infinite keeps it for good.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => RequireRuntime().DelayDeactivation(GrainContext, timeSpan);

    internal IGrainRuntime RequireRuntime() =>
        Runtime ?? throw new InvalidOperationException("The grain was made outside of the runtime, and without one.");
}
