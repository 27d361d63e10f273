using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>How a host starts, refuses to start, and stops.</summary>
public sealed class StopTests
{
    [Theory]
    [InlineData(Store.Sqlite, "TERM")]
    [InlineData(Store.Sqlite, "INT")]
    [InlineData(Store.Postgres, "TERM")]
    public async Task SignalledMidBurst_AnswersWhatItTookAndEndsWithZero(string kind, string signal)
    {
        await using var store = await Store.CreateAsync(kind);
        var burst = new DrawBurst("stop", PoolDocument.Pool, users: 4_000, askedEach: 1);
        await using (var host = await store.StartAsync())
        {
            using var api = new Api(host.Address, store.Tokens, 64);
            await api.LaunchAsync(PoolDocument.Of("stop", 4_000, 400_000));
            using var stop = new CancellationTokenSource();
            var asking = burst.OnceAsync(api, 64, stop.Token);
            await Eventually.ShouldBe(() => burst.Answered >= 500, TimeSpan.FromSeconds(60));
            host.Signal(signal);
            (await host.ExitAsync()).ShouldBe(0, host.Log);
            stop.Cancel();
            await asking;
        }

        BurstVerdict.AnswersAreOfTheContract(burst);
        await using var again = await store.StartAsync();
        using var after = new Api(again.Address, store.Tokens, 64);
        await burst.UntilAnsweredAsync(after, 64, TimeSpan.FromSeconds(30));
        BurstVerdict.PoolIsExactlyEmpty(burst, 4_000, 400_000, min: 1, max: 1000);
        await BurstVerdict.BalancesAreWhatWasToldAsync(burst, after);
    }

    [Fact]
    public async Task DelayLongerThanTheTimeout_IsServedThroughAndEndsWithZero()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        store.Settings["Campaigns__DrainDelay"] = "00:00:03";
        store.Settings["Campaigns__DrainTimeout"] = "00:00:01";
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        await api.LaunchAsync(PoolDocument.Of("delay", 10, 1_000));

        host.Signal("TERM");
        await Eventually.ShouldBe(async () => (await api.SendAsync("GET", "/health/ready", null)).Status == 503);
        (await api.DrawAsync("ann", "k", "delay", PoolDocument.Pool)).Status.ShouldBe(201);
        (await host.ExitAsync()).ShouldBe(0, host.Log);
    }

    /// <summary>A request that never ends holds the host for its own time, not for the committer's as well.</summary>
    [Fact]
    public async Task RequestWithoutEnd_IsCutOffAfterTheTimeoutOfRequests()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        store.Settings["Campaigns__DrainTimeout"] = "00:00:01";
        store.Settings["Campaigns__Ledger__GroupCommit__DrainLimit"] = "00:00:30";
        store.Settings["Campaigns__Gateway__Limits__BodyTimeout"] = "00:05:00";
        store.Settings["Campaigns__Gateway__Limits__BodyGrace"] = "00:05:00";
        await using var host = await store.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /v1/campaigns/c/activities/a/draws HTTP/1.1\r\nHost: h\r\nIdempotency-Key: k\r\n"
            + $"Authorization: Bearer {store.Tokens.User("ann")}\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100\r\n\r\n{"));
        await Task.Delay(500);

        var clock = Stopwatch.StartNew();
        (await host.StopAsync()).ShouldBe(0, host.Log);
        clock.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task SecondHostOnTheSameData_IsRefusedWithOneLine(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        await using var first = await store.StartAsync();
        var (exitCode, log) = await HostProcess.RefusedAsync(store.Settings);
        exitCode.ShouldBe(2);
        log.Split('\n').ShouldHaveSingleItem().ShouldStartWith("campaigns: ");
        using var api = new Api(first.Address, store.Tokens);
        (await api.SendAsync("GET", "/health/ready", null)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task StartAfterAStop_IsReadyWithinThreeSeconds(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        await using (var first = await store.StartAsync())
        {
            (await first.StopAsync()).ShouldBe(0, first.Log);
        }

        await Fastest.ShouldBeWithinAsync(TimeSpan.FromSeconds(3), async () =>
        {
            var began = TimeProvider.System.GetTimestamp();
            await using var second = await store.StartAsync();
            var took = TimeProvider.System.GetElapsedTime(began);
            (await second.StopAsync()).ShouldBe(0, second.Log);
            return took;
        });
    }
}
