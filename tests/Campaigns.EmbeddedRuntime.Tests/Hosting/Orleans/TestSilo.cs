using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Reminders;
using Orleans.TestingHost;

namespace Campaigns.EmbeddedRuntime.Tests.Hosting;

/// <summary>
/// A silo of Orleans, its grains and reminders under a fake clock. Callers are inside of the silo, as in one
/// process.
/// </summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private bool _stopped;

    private TestSilo(InProcessTestCluster cluster, FakeClock clock)
    {
        _cluster = cluster;
        Clock = clock;
        Services = cluster.GetSiloServiceProvider();
    }

    public FakeClock Clock { get; }

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services { get; }

    public static async Task<TestSilo> StartAsync(TestSiloOptions options)
    {
        var clock = new FakeClock();
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.InitializeClientOnDeploy = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.UseInMemoryReminderService();
            silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, clock);
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, clock);
            silo.Services.Configure<SiloMessagingOptions>(o =>
            {
                // Measured by the machine's clock: short, because tests outwait it.
                o.ResponseTimeout = TimeSpan.FromSeconds(5);
                o.MaxEnqueuedRequestsHardLimit = options.MaxQueuedRequests ?? o.MaxEnqueuedRequestsHardLimit;
            });
            options.Services(silo.Services);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestSilo(cluster, clock);
    }

    /// <summary>Lets as much time pass as callers wait.</summary>
    public async Task OutwaitTimeoutOf(Task call) => await Task.WhenAny(call.Soon());

    public async Task StopAsync()
    {
        _stopped = true;
        await _cluster.StopAllSilosAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
            await StopAsync();
        await _cluster.DisposeAsync();
    }
}
