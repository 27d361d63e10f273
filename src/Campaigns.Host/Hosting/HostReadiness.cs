using Campaigns.Gateway.Health;
using Campaigns.Host.Databases;
using Microsoft.Extensions.Hosting;

namespace Campaigns.Host.Hosting;

/// <summary>Ready from the end of the start until the first signal to stop, while the lease is held.</summary>
internal sealed class HostReadiness(IHostApplicationLifetime lifetime, HostLease lease) : IReadiness
{
    public bool HasStarted => lifetime.ApplicationStarted.IsCancellationRequested;

    public ValueTask<string?> WhyNotReadyAsync(CancellationToken cancellation) => ValueTask.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested ? "The host is stopping."
        : lease.IsHeld ? null
        : "The lease on the database is not held.");
}
