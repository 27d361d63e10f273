using Microsoft.Extensions.Hosting;

namespace Campaigns.Benchmarks.Runtime;

/// <summary>Runs the benchmark's grains in a silo of Microsoft Orleans inside this process.</summary>
internal static class BenchmarkRuntime
{
    /// <summary>None: what a call takes on Orleans is for Orleans to say; it is shown for comparison.</summary>
    public const double Limit = double.PositiveInfinity;

    public static void AddTo(HostApplicationBuilder builder) =>
        builder.UseOrleans(silo => silo.UseLocalhostClustering(gatewayPort: 0));
}
