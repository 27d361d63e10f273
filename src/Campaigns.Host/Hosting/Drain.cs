using Campaigns.Host.Settings;

namespace Campaigns.Host.Hosting;

/// <summary>
/// Stops first of all services: the host has reported itself not ready since the signal, and goes on serving for as
/// long as balancers need to see that. Then the server closes and answers what it took.
/// </summary>
internal sealed class Drain(HostSettings settings, TimeProvider time) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) =>
        settings.DrainDelay == TimeSpan.Zero
            ? Task.CompletedTask
            : Task.Delay(settings.DrainDelay, time, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
