using System.Globalization;
using Microsoft.Extensions.Options;

namespace Campaigns.Host.Hosting;

/// <summary>
/// Ends a host that was told to stop and cannot, as a silo that the membership's database does not let leave. What was
/// acknowledged is in the journal; the rest is as after any crash.
/// </summary>
internal static class StopLimit
{
    /// <summary>For a host whose own limit has just passed to end by itself.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    public static void Watch(WebApplication app)
    {
        var limit = app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout + Margin;
        app.Lifetime.ApplicationStopping.Register(() => _ = EndAfterAsync(limit));
    }

    private static async Task EndAfterAsync(TimeSpan limit)
    {
        await Task.Delay(limit, TimeProvider.System);
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"campaigns: the host could not stop in order within {limit.TotalSeconds:0} s and ends without."));
        Environment.Exit(1);
    }
}
