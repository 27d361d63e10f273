using System.Diagnostics;
using Campaigns.Benchmarks;
using Campaigns.Benchmarks.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Processor time, not elapsed time: what a call costs the machine on the night that matters. Fails above the limit.
var calls = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 2_000_000;
var builder = Host.CreateEmptyApplicationBuilder(null);
BenchmarkRuntime.AddTo(builder);
using var host = builder.Build();
await host.StartAsync();
var factory = host.Services.GetRequiredService<IGrainFactory>();
var ping = factory.GetGrain<IPing>("a");
var best = double.MaxValue;
for (var round = 0; round < 4; round++)
{
    var spent = await Measure("client to grain, no payload", async () =>
    {
        for (var i = 0; i < calls; i++)
            await ping.Ping();
    });
    best = Math.Min(best, spent);
    await Measure("client to grain, long in and out", async () =>
    {
        for (var i = 0; i < calls; i++)
            await ping.Add(1);
    });
    await Measure("grain to grain, no payload", () => ping.PingOther("b", calls));
}

await host.StopAsync();
Console.WriteLine($"best without payload: {best:F2} µs, limit {BenchmarkRuntime.Limit:F2} µs");
return best <= BenchmarkRuntime.Limit ? 0 : 1;

async Task<double> Measure(string what, Func<Task> run)
{
    using var process = Process.GetCurrentProcess();
    var before = process.TotalProcessorTime;
    var allocated = GC.GetTotalAllocatedBytes();
    await run();
    process.Refresh();
    var spent = (process.TotalProcessorTime - before).TotalMicroseconds / calls;
    var bytes = (GC.GetTotalAllocatedBytes() - allocated) / calls;
    Console.WriteLine($"{what}: {spent:F2} µs of processor time and {bytes} bytes per call");
    return spent;
}
