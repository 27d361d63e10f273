using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Faults;

/// <summary>
/// Somebody cuts off the newest rows together with their seal. Nothing in the database tells; an anchor that the host
/// left elsewhere does.
/// </summary>
public sealed class AnchorTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task TailCutOffBeforeAnAnchorOfTheRunningHost_IsNamedByTheAudit(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        using var listener = Listen(out var address);
        var posted = new ConcurrentQueue<string>();
        var listening = TakeAsync(listener, posted);
        var file = Path.Combine(store.Folder, "anchor.json");
        store.Settings["Campaigns__Anchors__File"] = file;
        store.Settings["Campaigns__Anchors__Url"] = address;
        store.Settings["Campaigns__Anchors__Every"] = "00:00:00.1";
        await using (var host = await store.StartAsync())
        {
            using var api = new Api(host.Address, store.Tokens);
            await api.LaunchAsync(PoolDocument.Of("anchored", count: 10, total: 1000));
            (await api.DrawAsync("ann", "k", "anchored", PoolDocument.Pool)).Status.ShouldBe(201);
            await Eventually.ShouldBe(() => posted.Count >= 3 && File.Exists(file));
            (await api.DrawAsync("bob", "k", "anchored", PoolDocument.Pool)).Status.ShouldBe(201);
            (await host.StopAsync()).ShouldBe(0, host.Log);
        }

        listener.Stop();
        await listening;
        var sent = Path.Combine(store.Folder, "posted.json");
        await File.WriteAllTextAsync(sent, posted.Last());
        await AuditAsync(store, exitCode: 0, "--anchor", file);
        await AuditAsync(store, exitCode: 0, "--anchor", sent);

        (await store.ExecuteAsync(LastOf(201))).ShouldBe(1);
        (await store.ExecuteAsync(LastOf(2))).ShouldBe(1);
        await AuditAsync(store, exitCode: 0);
        (await AuditAsync(store, exitCode: 1, "--anchor", file)).ShouldContain("named by the anchor");
        (await AuditAsync(store, exitCode: 1, "--anchor", sent)).ShouldContain("named by the anchor");
    }

    /// <summary>As in a cluster, where each silo has a committer of its own.</summary>
    [Fact]
    public async Task AnchorOfOneHost_CoversWhatOthersHaveWritten()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        store.Settings["Campaigns__Lease"] = "false";
        await using (var other = await store.StartAsync())
        {
            using var api = new Api(other.Address, store.Tokens);
            await api.LaunchAsync(PoolDocument.Of("anchored", count: 10, total: 1000));
            (await api.DrawAsync("ann", "k", "anchored", PoolDocument.Pool)).Status.ShouldBe(201);
            (await other.StopAsync()).ShouldBe(0, other.Log);
        }

        var file = Path.Combine(store.Folder, "anchor.json");
        store.Settings["Campaigns__Anchors__File"] = file;
        await using (var host = await store.StartAsync())
        {
            (await host.StopAsync()).ShouldBe(0, host.Log);
        }

        JsonNode.Parse(await File.ReadAllTextAsync(file))!["heads"]!.AsArray().Count.ShouldBe(2);
        Directory.GetFiles(store.Folder, "anchor.json*").ShouldHaveSingleItem();
        await AuditAsync(store, exitCode: 0, "--anchor", file);
    }

    private static string LastOf(int kind) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        delete from entries
        where kind = {kind} and version = (select max(version) from entries where kind = {kind})
        """);

    private static async Task<string> AuditAsync(Store store, int exitCode, params string[] options)
    {
        var audited = await store.CommandAsync(["audit", .. options]);
        audited.ExitCode.ShouldBe(exitCode, audited.Output + audited.Error);
        return audited.Output;
    }

    private static HttpListener Listen(out string address)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        address = string.Create(
            CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/anchors/");
        free.Stop();
        var listener = new HttpListener { Prefixes = { address } };
        listener.Start();
        return listener;
    }

    private static async Task TakeAsync(HttpListener listener, ConcurrentQueue<string> posted)
    {
        try
        {
            while (true)
            {
                var call = await listener.GetContextAsync();
                using var reader = new StreamReader(call.Request.InputStream);
                posted.Enqueue(await reader.ReadToEndAsync());
                call.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The test has heard enough.
        }
    }
}
