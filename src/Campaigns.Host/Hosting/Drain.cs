using Campaigns.Host.Settings;
using Campaigns.Ledger.GroupCommit;
using Microsoft.AspNetCore.Hosting.Server;

namespace Campaigns.Host.Hosting;

/// <summary>
/// Stops first of all services: the host has reported itself not ready since the signal, and goes on serving for as
/// long as balancers need to see that. Then the server closes and answers what it took. Its time is counted here: the
/// host's own limit is that of all parts together.
/// </summary>
internal sealed class Drain(HostSettings settings, IServer server, TimeProvider time) : IHostedLifecycleService
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// Of a whole stop: balancers look away, requests end, the committer writes what is queued. Throws
    /// <see cref="HostException"/> where that is more than a day.
    /// </summary>
    public static TimeSpan Limit(HostSettings settings, GroupCommitOptions commits)
    {
        TimeSpan[] parts = [settings.DrainDelay, settings.DrainTimeout, commits.DrainLimit];
        return parts.All(part => part <= Longest)
            ? parts.Aggregate((sum, part) => sum + part)
            : throw new HostException("DrainDelay, DrainTimeout and Ledger:GroupCommit:DrainLimit go up to a day.");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(settings.DrainDelay, time, cancellationToken);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(settings.DrainTimeout);
        await server.StopAsync(late.Token);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
