namespace Campaigns.Host.Hosting;

/// <summary>Stops the host for a reason of its own, which then ends with an exit code other than 0.</summary>
internal sealed class HostExit(IHostApplicationLifetime lifetime)
{
    private string? _reason;

    /// <summary>Why, or null where the host was asked to stop.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>The first reason counts.</summary>
    public void Fail(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        lifetime.StopApplication();
    }
}
