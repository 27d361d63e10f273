using System.Globalization;
using Campaigns.System.Tests.Hosts;

namespace Campaigns.System.Tests.Cluster;

/// <summary>Reads what a process shows to Prometheus.</summary>
internal static class Metrics
{
    /// <summary>The sum over all label sets of a metric; 0 where it has none.</summary>
    public static async Task<double> ReadAsync(HostProcess process, string metric)
    {
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri(process.Address, "/metrics"));
        return text.Split('\n')
            .Where(line => line.StartsWith(metric + "{", StringComparison.Ordinal)
                || line.StartsWith(metric + " ", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
