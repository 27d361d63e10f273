using System.Diagnostics;
using System.Globalization;
using Campaigns.Bench.Generator;
using Campaigns.Bench.Systems;

namespace Campaigns.Bench.Rounds;

/// <summary>
/// One pool of two full shards, drawn to its last packet: what a draw costs at the beginning and at the end, and what
/// the claims cost in memory.
/// </summary>
internal sealed class Growth(Field field, GeneratorProcess generator, BenchOptions options)
{
    public const int Packets = 2_000_000;
    public const int Shards = 2;
    private const int Window = 10_000;
    private const int Between = 100_000;

    /// <summary>
    /// After so many bursts the host's code has been compiled for good, as it is long before a pool is drawn to its
    /// end: else the first window would measure the compiler.
    /// </summary>
    private const int WarmUps = 8;

    /// <summary>The draw that wakes the pool.</summary>
    private const int Touched = 1;

    public async Task<string> RunAsync()
    {
        var host = await field.GrowthHostAsync();
        await WarmUpAsync(host);
        var loads = new List<string>();
        foreach (var packets in (int[])[Packets / 4, Packets / 2])
        {
            var (launch, first) = await LoadAsync(host, $"load-{packets}", packets);
            loads.Add($"| {Text("N0", packets)} | {Text("N0", launch)} | {Text("N0", first)} |");
        }

        var (launched, woken) = await LoadAsync(host, "growth", Packets);
        loads.Add($"| {Text("N0", Packets)} | {Text("N0", launched)} | {Text("N0", woken)} |");
        var before = await HeapAsync(host);

        // After a forced collection nothing is as it is in service: both windows are measured warm.
        await DrawAsync(host, "warm", "again", options.WarmUpRequests);
        var bytes = await BytesAsync();
        var windows = new List<Measured> { await DrawAsync(host, "first", Window) };
        var left = Packets - Touched - (2 * Window);
        for (var part = 0; left > 0; part++)
        {
            var some = Math.Min(left, Between);
            await DrawAsync(host, $"part{part}", some);
            left -= some;
        }

        windows.Add(await DrawAsync(host, "last", Window));
        var perClaim = (await HeapAsync(host) - before) / (Packets - Touched + options.WarmUpRequests);
        var after = await BytesAsync();
        return Page(windows, perClaim, [.. after.Zip(bytes, (now, then) => (now - then) / (Packets - Touched))], loads);
    }

    private async Task WarmUpAsync(CampaignHost host)
    {
        await LoadAsync(host, "warm", (WarmUps + 1) * options.WarmUpRequests);
        for (var burst = 1; burst <= WarmUps; burst++)
        {
            await DrawAsync(host, "warm", $"warm{burst}", options.WarmUpRequests - Touched);
        }
    }

    /// <summary>Milliseconds until the campaign is live, and until its first draw is answered.</summary>
    private static async Task<(double Launch, double First)> LoadAsync(CampaignHost host, string campaign, int packets)
    {
        var clock = Stopwatch.StartNew();
        await host.LaunchAsync(campaign, Documents.Pool(campaign, packets, 100L * packets, Shards));
        var launch = clock.Elapsed.TotalMilliseconds;
        clock.Restart();
        await host.TouchAsync(Documents.DrawPath(campaign), "touch-" + campaign);
        return (launch, clock.Elapsed.TotalMilliseconds);
    }

    private Task<Measured> DrawAsync(CampaignHost host, string users, int count) =>
        DrawAsync(host, "growth", users, count);

    private async Task<Measured> DrawAsync(CampaignHost host, string campaign, string users, int count)
    {
        await generator.PrepareAsync(new BurstPlan(
            host.Port, Documents.DrawPath(campaign), field.KeyFile, $"{campaign}-{users}-", count,
            options.Connections, 0, "\"outcome\":\"won\""));
        var before = Times(host);
        var result = await generator.RunAsync();
        var spent = Times(host) - before + result.ProcessorMicroseconds;
        if (result.Good != count)
        {
            throw new InvalidOperationException($"{result.Good} of {count} draws: {result.FirstFault}");
        }

        Console.WriteLine($"{users}: {Text("N0", count / result.Seconds)}/s, {Text("N1", spent / count)} µs");
        return new Measured(result.Seconds * 1_000_000 / count, spent / count);
    }

    private double Times(CampaignHost host) =>
        ProcessTime.Of(host.ProcessId) + (field.Postgres is { } postgres ? ProcessTime.Of(postgres.ProcessId) : 0);

    /// <summary>Bytes of managed heap after a full collection.</summary>
    private static async Task<double> HeapAsync(CampaignHost host)
    {
        await HeapCollection.RunAsync(host.ProcessId);
        await HeapCollection.RunAsync(host.ProcessId);
        return await host.MetricAsync("dotnet_gc_last_collection_heap_size_bytes");
    }

    private async Task<double[]> BytesAsync()
    {
        var (rows, indexes, log) = await field.Postgres!.BytesAsync("growth");
        return [rows, indexes, log];
    }

    private static string Page(List<Measured> windows, double perClaim, double[] bytes, List<string> loads)
    {
        var (first, last) = (windows[0], windows[^1]);
        return string.Create(CultureInfo.InvariantCulture, $"""
            ## Growth

            A pool of {Packets:N0} packets in {Shards} shards, drawn to its end ({Programs.GrainRuntime}). A draw may
            wait 10 s here instead of half a second, so that a machine that stalls does not end the run.

            | draws | µs per draw, elapsed | µs per draw, processor time of all |
            |---|--:|--:|
            | first {Window:N0} | {first.Microseconds:F1} | {first.Processor:F1} |
            | last {Window:N0} | {last.Microseconds:F1} | {last.Processor:F1} |
            | last / first | {last.Microseconds / first.Microseconds:F2} | {last.Processor / first.Processor:F2} |

            Managed heap per claim after a forced collection: {perClaim:F1} bytes.

            In PostgreSQL a draw takes {bytes[0]:F0} bytes of the journal, {bytes[1]:F0} of its indexes, and
            {bytes[2]:F0} of the log that is written before.

            | packets | ms until live | ms of the first draw |
            |--:|--:|--:|
            {string.Join('\n', loads)}

            """);
    }

    private static string Text(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A window of draws.</summary>
    /// <param name="Microseconds">Of the whole machine's elapsed time per draw.</param>
    /// <param name="Processor">Processor time per draw of all processes.</param>
    private sealed record Measured(double Microseconds, double Processor);
}
