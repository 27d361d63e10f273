using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Timers;

namespace Orleans.Hosting;

/// <summary>Adds the embedded runtime to a host.</summary>
public static class EmbeddedRuntimeServices
{
    /// <summary>
    /// Runs grains in this process: registers <see cref="IGrainFactory"/> and <see cref="IClusterClient"/>, and
    /// starts and stops with the host.
    /// </summary>
    public static IServiceCollection AddEmbeddedGrainRuntime(
        this IServiceCollection services, Action<EmbeddedRuntimeOptions> configure)
    {
        services.AddOptions<EmbeddedRuntimeOptions>().Configure(configure);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IEmbeddedScheduler, ThreadPoolScheduler>();
        services.TryAddSingleton<IMessageDelivery, ImmediateDelivery>();
        services.TryAddSingleton<IEmbeddedReminderTable, MemoryReminderTable>();
        services.AddSingleton<EmbeddedSilo>();
        services.AddSingleton<IClusterClient>(s => s.GetRequiredService<EmbeddedSilo>().GrainFactory);
        services.AddSingleton<IGrainFactory>(s => s.GetRequiredService<EmbeddedSilo>().GrainFactory);
        services.AddSingleton<IGrainRuntime>(s => s.GetRequiredService<EmbeddedSilo>().GrainRuntime);
        services.AddSingleton<ITimerRegistry>(s => s.GetRequiredService<EmbeddedSilo>().GrainRuntime.TimerRegistry);
        services.AddSingleton<IReminderRegistry>(s => s.GetRequiredService<EmbeddedSilo>().Reminders);
        services.AddSingleton<IGrainContextAccessor, CurrentGrainContext>();
        services.AddHostedService<EmbeddedSiloService>();
        return services;
    }

    /// <summary>Keeps grain states under this name in memory, for tests and caches.</summary>
    public static IServiceCollection AddMemoryGrainStorage(this IServiceCollection services, string name) =>
        services.AddKeyedSingleton<IGrainStorage, MemoryGrainStorage>(name);

    /// <summary>Keeps the states of grains that name no store in memory.</summary>
    public static IServiceCollection AddMemoryGrainStorageAsDefault(this IServiceCollection services) =>
        services.AddMemoryGrainStorage(PersistentStates.DefaultStore);

    private sealed class CurrentGrainContext : IGrainContextAccessor
    {
        public IGrainContext GrainContext =>
            RuntimeContext.Current ?? throw new InvalidOperationException("No grain runs here.");
    }

    private sealed class EmbeddedSiloService(EmbeddedSilo silo) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => silo.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => silo.StopAsync(cancellationToken);
    }
}
