using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Hosting;

/// <summary>The embedded runtime under a fake clock.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _stopped;

    private TestSilo(IHost host, FakeClock clock)
    {
        _host = host;
        Clock = clock;
    }

    public FakeClock Clock { get; }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    public static async Task<TestSilo> StartAsync(TestSiloOptions options)
    {
        var clock = new FakeClock();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(clock);
        options.Services(builder.Services);
        builder.Services.AddMemoryGrainStorageAsDefault();
        builder.Services.AddEmbeddedGrainRuntime(o =>
        {
            o.GrainAssemblies.Add(typeof(TestSilo).Assembly);
            o.CollectionAge = options.CollectionAge ?? o.CollectionAge;
            o.MaxQueuedRequests = options.MaxQueuedRequests ?? o.MaxQueuedRequests;
        });
        var silo = new TestSilo(builder.Build(), clock);
        await silo._host.StartAsync();
        return silo;
    }

    /// <summary>Lets as much time pass as callers wait.</summary>
    public Task OutwaitTimeoutOf(Task call) => Clock.AdvanceUntil(call, TimeSpan.FromMinutes(2));

    /// <summary>Stops the silo while its clock goes on, so that what still waits runs into its bounds.</summary>
    public async Task StopAsync()
    {
        _stopped = true;
        var stop = _host.StopAsync();
        await Clock.AdvanceUntil(stop, TimeSpan.FromMinutes(5));
        await stop;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
            await StopAsync();
        _host.Dispose();
    }
}
