using Campaigns.Gateway.Health;

namespace Campaigns.Host.Hosting;

/// <summary>Ready from the end of the start until the first word to stop.</summary>
internal sealed class HostReadiness(IHostApplicationLifetime lifetime) : IReadiness
{
    public bool HasStarted => lifetime.ApplicationStarted.IsCancellationRequested;

    public ValueTask<string?> WhyNotReadyAsync(CancellationToken cancellation) => ValueTask.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested ? "The host is stopping." : null);
}
