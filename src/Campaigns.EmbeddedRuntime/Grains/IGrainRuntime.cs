using Orleans.Core;
using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>The services of the runtime to grain classes.</summary>
public interface IGrainRuntime
{
    string SiloIdentity { get; }

    IGrainFactory GrainFactory { get; }

    ITimerRegistry TimerRegistry { get; }

    IServiceProvider ServiceProvider { get; }

    TimeProvider TimeProvider { get; }

    void DeactivateOnIdle(IGrainContext grainContext);

    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);

    IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext);
}
