using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>What is no HTTP ends in a refusal or a closed connection, and the host goes on.</summary>
[Trait("Proof", "fuzz")]
public sealed partial class BrokenHttpTests
{
    private const int Connections = 64;
    private static readonly int Cases = Scale.Of("fuzz", everyRun: 400, proven: 10_000);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Refusals, and 200 of the good requests that some cases begin with.</summary>
    private static readonly int[] Allowed = [200, 400, 401, 404, 405, 408, 411, 413, 414, 415, 417, 431, 501, 505];

    [Fact]
    public async Task BytesThatAreNoRequest_AreRefusedOrTheConnectionCloses_AndNothingIsWritten()
    {
        await using var scene = await FuzzScene.StartAsync(Store.Sqlite, keepAlive: "00:00:01");
        var broken = new BrokenHttp(scene.Address, scene.Tokens);
        var before = await scene.ExportAsync();
        var (first, count) = FuzzSeed.Case is { } only ? (only, 1) : (0, Cases);
        var next = first - 1;
        var faults = new ConcurrentQueue<string>();
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < first + count && faults.Count < 10)
            {
                var seed = unchecked((int)(FuzzSeed.Value * 31) + number);
                var (bytes, halfClosed, what) = broken.Make(new Random(seed & int.MaxValue));
                var (statuses, fault) = await TryAsync(scene.Address, bytes, halfClosed);
                Interlocked.Add(ref refused, statuses.Count(status => status >= 400));
                if (fault is not null)
                {
                    faults.Enqueue($"case {number}, {what}: {fault}\nreplay: "
                        + FuzzSeed.Replay(nameof(BrokenHttpTests), number)
                        + $"\n{Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, 1_500)))}");
                }
            }
        })));

        faults.ShouldBeEmpty(string.Join("\n\n", faults));
        (await scene.ExportAsync()).ShouldBe(before);
        await scene.IsSoundAsync();
        if (FuzzSeed.Case is null)
        {
            refused.ShouldBeGreaterThan(Cases / 4);
        }
    }

    private static async Task<(int[] Statuses, string? Fault)> TryAsync(Uri address, byte[] bytes, bool halfClosed)
    {
        using var bound = new CancellationTokenSource(Patience);
        var received = new StringBuilder();
        try
        {
            using var socket = new TcpClient { NoDelay = true };
            await socket.ConnectAsync(address.Host, address.Port, bound.Token);
            var stream = socket.GetStream();
            await stream.WriteAsync(bytes, bound.Token);
            if (halfClosed)
            {
                socket.Client.Shutdown(SocketShutdown.Send);
            }

            var chunk = new byte[8 * 1024];
            int read;
            while ((read = await stream.ReadAsync(chunk, bound.Token)) > 0)
            {
                received.Append(Encoding.Latin1.GetString(chunk, 0, read));
            }
        }
        catch (OperationCanceledException)
        {
            return ([], $"the connection was neither answered nor closed within {Patience}: {received}");
        }
        catch (IOException)
        {
            // Reset, because the host did not read all of it.
        }

        var statuses = StatusLine().Matches(received.ToString())
            .Select(line => int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToArray();
        return (statuses, statuses.Except(Allowed).Any() ? $"answered {received}" : null);
    }

    [GeneratedRegex(@"HTTP/1\.[01] (\d{3}) ")]
    private static partial Regex StatusLine();
}
