using Campaigns.Host.Settings;

namespace Campaigns.Host.Hosting;

/// <summary>
/// Ends a host that was told to stop and cannot, as a silo that the membership's database does not let leave. What was
/// acknowledged is in the journal; the rest is as after any crash.
/// </summary>
internal static class StopLimit
{
    /// <summary>For the committer to write what is queued, after requests and grains have ended.</summary>
    private static readonly TimeSpan Committer = TimeSpan.FromSeconds(10);

    public static void Watch(IHostApplicationLifetime lifetime, HostSettings settings)
    {
        var limit = settings.DrainDelay + settings.DrainTimeout + Committer;
        lifetime.ApplicationStopping.Register(() => _ = EndAfterAsync(limit));
    }

    private static async Task EndAfterAsync(TimeSpan limit)
    {
        await Task.Delay(limit, TimeProvider.System);
        await Console.Error.WriteLineAsync(
            $"campaigns: the host could not stop in order within {limit.TotalSeconds:0} s and ends without.");
        Environment.Exit(1);
    }
}
