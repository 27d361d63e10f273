using Microsoft.Extensions.Hosting;

namespace Campaigns.Benchmarks.Runtime;

/// <summary>Runs the benchmark's grains on the embedded runtime.</summary>
internal static class BenchmarkRuntime
{
    /// <summary>Processor time that a warm call without payload may take, in microseconds; more is a failure.</summary>
    public const double Limit = 2;

    public static void AddTo(HostApplicationBuilder builder) => builder.Services.AddEmbeddedGrainRuntime(
        options => options.GrainAssemblies.Add(typeof(PingGrain).Assembly));
}
