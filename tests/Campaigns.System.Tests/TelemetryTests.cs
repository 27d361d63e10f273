using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>What a collector gets.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task HostWithACollector_SendsMetricsAndSpansWithoutUsersIds()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        using var collector = new Collector();
        store.Settings["Campaigns__Telemetry__Otlp"] = collector.Address;
        store.Settings["Campaigns__Telemetry__Interval"] = "00:00:01";
        store.Settings["Campaigns__Telemetry__TraceRatio"] = "1";
        await using (var host = await store.StartAsync())
        {
            using var api = new Api(host.Address, store.Tokens);
            await api.LaunchAsync(PoolDocument.Of("sent", 10, 1_000));
            (await api.DrawAsync("zaphod", "k", "sent", PoolDocument.Pool)).Status.ShouldBe(201);
            await collector.ShouldGetAsync("/v1/metrics", "campaigns.ledger.rows");
            await collector.ShouldGetAsync("/v1/metrics", "campaigns.gateway.draws");
            await collector.ShouldGetAsync("/v1/metrics", "campaigns.pool.remaining");
            await collector.ShouldGetAsync("/v1/traces", "campaigns.commits");
            await collector.ShouldGetAsync("/v1/traces", "campaigns.streams");
            await collector.ShouldGetAsync("/v1/traces", "campaigns.draws");
            await collector.ShouldGetAsync("/v1/traces", "/v1/campaigns/{c}/activities/{a}/draws");
            (await host.StopAsync()).ShouldBe(0, host.Log);
        }

        collector.All.ShouldNotContain("zaphod");
        collector.All.ShouldContain("campaigns-up");
    }

    /// <summary>Takes whatever is posted, as a collector of OTLP over HTTP.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly ConcurrentQueue<(string Path, string Body)> _got = new();

        public Collector()
        {
            Address = $"http://127.0.0.1:{FreePort()}";
            _listener.Prefixes.Add(Address + "/");
            _listener.Start();
            _ = TakeAsync();
        }

        public string Address { get; }

        public string All => string.Concat(_got.Select(one => one.Body));

        public Task ShouldGetAsync(string path, string text) => Eventually.ShouldBe(
            () => _got.Any(one => one.Path == path && one.Body.Contains(text, StringComparison.Ordinal)));

        public void Dispose() => _listener.Close();

        private async Task TakeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    using var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body);
                    _got.Enqueue((context.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
                    context.Response.Close();
                }
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
