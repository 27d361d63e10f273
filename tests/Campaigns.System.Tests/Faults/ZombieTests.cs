using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;
using Xunit.Abstractions;

namespace Campaigns.System.Tests.Faults;

/// <summary>
/// A host is stopped for longer than its lease lives, another one takes the database over, and then the first goes on
/// as if no time had passed, with requests and decisions in hand.
/// </summary>
[Trait("Proof", "zombie")]
public sealed class ZombieTests(ITestOutputHelper output)
{
    private const int Connections = 32;
    private const string Campaign = "zombie";
    private static readonly int Rounds = Scale.Of("zombie", everyRun: 1, proven: 5);
    private static readonly int Packets = Scale.Of("zombie", everyRun: 2_000, proven: 10_000);

    /// <summary>Seconds stopped, at least; in any case until the other host serves.</summary>
    private static readonly int[] StoppedFor = [1, 8, 12, 20, 29];

    private const int Few = 2_000;

    /// <summary>Below the time to live of the lease.</summary>
    private static readonly int[] Moments = Scale.Of("zombie", everyRun: 0, proven: 1) == 0 ? [1] : [1, 2, 3, 4];

    [Fact]
    public async Task StoppedWhileAnotherTakesOver_IsFencedWhenItGoesOn()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await using var store = await PostgresStore.CreateAsync();

            // It has lost its lease and knows, and still serves for this long: the worst that a zombie can do.
            store.Settings["Campaigns__DrainDelay"] = "00:00:05";
            await using var first = await StartLateAsync(store);
            using var left = new Api(first.Address, store.Tokens, Connections);
            await left.LaunchAsync(PoolDocument.Of(Campaign, Packets, Packets * 100L));
            var burst = new DrawBurst(Campaign, PoolDocument.Pool, users: Packets + (Packets / 4), askedEach: 1);
            var asking = burst.OnceAsync(left, Connections);
            await Eventually.ShouldBe(() => burst.Answered >= Packets * round / (Rounds + 1));

            first.Signal("STOP");
            var since = TimeProvider.System.GetTimestamp();
            var before = burst.Answered;
            await using var second = await store.StartAsync();
            using var right = new Api(second.Address, store.Tokens, Connections);
            using var enough = new CancellationTokenSource();
            var askingTheOther = burst.OpenOnceAsync(right, Connections, enough.Token);
            await Eventually.ShouldBe(
                () => burst.Answered >= before + (Packets / 4)
                    && TimeProvider.System.GetElapsedTime(since) >= TimeSpan.FromSeconds(StoppedFor[round - 1]),
                TimeSpan.FromSeconds(60));
            first.Signal("CONT");

            var fenced = await FencedAsync(left);
            output.WriteLine(
                $"stopped for {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s, fenced {fenced} commits");
            (await first.ExitAsync()).ShouldNotBe(0);
            first.Log.ShouldContain("another host has taken the lease");
            await Task.WhenAll(asking, askingTheOther);
            await Reckoning.HoldsAsync(store, right, burst, Packets, Connections);
        }
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task StoppedForLessThanItsLease_GoesOn(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens, Connections);
        foreach (var seconds in Moments)
        {
            var campaign = $"{Campaign}-{seconds}";
            await api.LaunchAsync(PoolDocument.Of(campaign, Few, Few * 100L));
            var burst = new DrawBurst(campaign, PoolDocument.Pool, Few + (Few / 4), askedEach: 1, campaign);
            var asking = burst.OnceAsync(api, Connections);
            await Eventually.ShouldBe(() => burst.Answered >= Few / 2);
            await host.FreezeAsync(TimeSpan.FromSeconds(seconds));
            await asking;
            await Reckoning.HoldsAsync(store, api, burst, Few, Connections);
        }
    }

    /// <summary>A host on a machine whose clock is an hour behind that of the next one.</summary>
    private static async Task<HostProcess> StartLateAsync(Store store)
    {
        await store.SetClockAsync(-TimeSpan.FromHours(1));
        var host = await store.StartAsync();
        store.Settings.Remove("Campaigns__Testing__ClockFile");
        return host;
    }

    private static async Task<double> FencedAsync(Api zombie)
    {
        double fenced = 0;
        await Eventually.ShouldBe(
            async () => (fenced = await Reckoning.MetricAsync(zombie, "campaigns_ledger_fenced_total")) > 0,
            TimeSpan.FromSeconds(5));
        return fenced;
    }
}
