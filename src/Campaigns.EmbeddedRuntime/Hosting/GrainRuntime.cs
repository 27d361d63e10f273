using Orleans.Core;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Embedded;

/// <summary>The runtime as grain classes see it.</summary>
internal sealed class GrainRuntime(EmbeddedSilo silo) : IGrainRuntime
{
    public string SiloIdentity => "embedded";

    public IGrainFactory GrainFactory => silo.GrainFactory;

    public ITimerRegistry TimerRegistry { get; } = new TimerRegistry();

    public IServiceProvider ServiceProvider => silo.Services;

    public TimeProvider TimeProvider => silo.Clock;

    public void DeactivateOnIdle(IGrainContext grainContext) => grainContext.Deactivate(new DeactivationReason(
        DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) =>
        ((Activation)grainContext).DelayDeactivation(timeSpan);

    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext) =>
        PersistentStates.Of<TGrainState>(grainContext, grainContext.GrainInstance!.GetType().FullName!, null);
}
