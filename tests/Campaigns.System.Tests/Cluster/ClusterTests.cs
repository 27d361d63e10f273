using System.Diagnostics;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Load;

namespace Campaigns.System.Tests.Cluster;

/// <summary>What a pool gives through two gateways and three silos, and what it gives when one of those dies.</summary>
public sealed class ClusterTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const int Connections = 128;
    private const int Shards = 6;
    private static readonly TimeSpan FullServiceWithin = TimeSpan.FromSeconds(30);
    private static readonly int Packets = Scale.Of("cluster-burst", everyRun: 2_000, proven: 25_000);
    private static readonly int CrashPackets = Scale.Of("cluster-crash", everyRun: 2_000, proven: 5_000);
    private static readonly int Crashes = Scale.Of("cluster-crash", everyRun: 1, proven: 10);
    private static readonly int StoppedSeconds = Scale.Of("cluster-stop", everyRun: 12, proven: 60);

    /// <summary>Twice as many users as packets.</summary>
    [ClusterFact]
    [Trait("Proof", "cluster-burst")]
    public async Task MoreUsersThanPackets_ThroughBothGateways_ShareThePoolToTheFen()
    {
        await cluster.EnsureAsync();
        using var api = cluster.Client(2 * Connections);
        await api.LaunchAsync(PoolDocument.Of("burst", Packets, Packets * 100L, Shards));
        var burst = new DrawBurst("burst", PoolDocument.Pool, users: 2 * Packets, askedEach: 2, "burst");

        await burst.OnceAsync(api, Connections);
        await burst.UntilAnsweredAsync(api, Connections, FullServiceWithin);

        BurstVerdict.AnswersAreOfTheContract(burst);
        BurstVerdict.RepetitionsAreEqual(burst);
        BurstVerdict.PoolIsExactlyEmpty(burst, Packets, Packets * 100L, min: 1, max: 1000);
        BurstVerdict.NobodyWasToldExhaustedTooEarly(burst);
        await BurstVerdict.BalancesAreWhatWasToldAsync(burst, api);
        await ShardsAreSpreadAsync();
        await cluster.ShouldBeBalancedAsync();
    }

    [ClusterFact]
    [Trait("Proof", "cluster-crash")]
    public async Task SiloKilledMidBurst_LosesNothingAndIsMadeUpForWithinHalfAMinute()
    {
        await cluster.EnsureAsync();
        for (var round = 1; round <= Crashes; round++)
        {
            var (burst, api) = await LaunchAsync($"crash-{round}");
            using (api)
            {
                var victim = round % TestCluster.Silos;
                var asking = burst.OnceAsync(api, Connections);
                await Eventually.ShouldBe(
                    () => burst.Answered >= CrashPackets * round / (Crashes + 1), TimeSpan.FromSeconds(60));
                await cluster.KillSiloAsync(victim);
                await asking;
                await burst.UntilAnsweredAsync(api, Connections, FullServiceWithin);
                await JudgeAsync(burst, api);
                await cluster.StartSiloAsync(victim);
            }
        }

        await cluster.ShouldBeBalancedAsync();
    }

    /// <summary>
    /// The others declare it dead and go on with its streams. What it wakes up with is behind the fence: it may not
    /// write any of it, and ends.
    /// </summary>
    [ClusterFact]
    [Trait("Proof", "cluster-stop")]
    public async Task SiloStoppedMidBurstAndContinued_WritesNothingOfWhatOthersWentOnWith()
    {
        await cluster.EnsureAsync();
        var (burst, api) = await LaunchAsync("zombie");
        using (api)
        {
            var zombie = cluster.Silo(1);
            var asking = burst.OnceAsync(api, Connections);
            await Eventually.ShouldBe(() => burst.Answered >= CrashPackets / 2, TimeSpan.FromSeconds(60));
            zombie.Signal("STOP");
            var stopped = Stopwatch.StartNew();
            await asking;
            await burst.UntilAnsweredAsync(api, Connections, FullServiceWithin);
            await Eventually.ShouldBe(
                () => stopped.Elapsed.TotalSeconds >= StoppedSeconds, TimeSpan.FromSeconds(StoppedSeconds + 10));

            zombie.Signal("CONT");
            await Eventually.ShouldBe(() => zombie.HasEnded, TimeSpan.FromSeconds(60));
            Fenced(zombie).ShouldBeGreaterThan(0, zombie.Log);
            await JudgeAsync(burst, api);
        }

        await cluster.KillSiloAsync(1);
        await cluster.StartSiloAsync(1);
        await cluster.ShouldBeBalancedAsync();
    }

    [ClusterFact]
    public async Task PostgresRestartedMidBurst_LosesNothing()
    {
        await cluster.EnsureAsync();
        var (burst, api) = await LaunchAsync("database");
        using (api)
        {
            var asking = burst.OnceAsync(api, Connections);
            await Eventually.ShouldBe(() => burst.Answered >= CrashPackets / 2, TimeSpan.FromSeconds(60));
            await cluster.Store.Server.StopAsync();
            await cluster.Store.Server.RestartAsync();
            await asking;
            await burst.UntilAnsweredAsync(api, Connections, FullServiceWithin);
            await JudgeAsync(burst, api);
        }

        await cluster.ShouldBeBalancedAsync();
    }

    /// <summary>The membership still says that the old silos live, where nobody will ever answer.</summary>
    [ClusterFact]
    public async Task EverythingKilled_AndStartedElsewhere_ServesDespiteTheStaleMembership()
    {
        await cluster.EnsureAsync();
        var (burst, before) = await LaunchAsync("cold");
        using (before)
        {
            using var stop = new CancellationTokenSource();
            var asking = burst.OnceAsync(before, Connections, stop.Token);
            await Eventually.ShouldBe(() => burst.Answered >= CrashPackets / 2, TimeSpan.FromSeconds(60));
            await cluster.KillAllAsync();
            stop.Cancel();
            await asking;
        }

        await cluster.StartElsewhereAsync();
        using var api = cluster.Client();
        await burst.UntilAnsweredAsync(api, Connections, FullServiceWithin);
        await JudgeAsync(burst, api);
        await cluster.ShouldBeBalancedAsync();
    }

    /// <summary>Streams whose commits the journal's key rejected, as the silo logged it.</summary>
    private static int Fenced(HostProcess silo) =>
        silo.Log.Split('\n').Count(line => line.Contains("has another history behind version"));

    private async Task<(DrawBurst Burst, Api Api)> LaunchAsync(string campaign)
    {
        var api = cluster.Client();
        await api.LaunchAsync(PoolDocument.Of(campaign, CrashPackets, CrashPackets * 100L, Shards));

        // Users of their own, as balances are over all campaigns.
        var users = CrashPackets + (CrashPackets / 4);
        return (new DrawBurst(campaign, PoolDocument.Pool, users, askedEach: 1, campaign), api);
    }

    private static async Task JudgeAsync(DrawBurst burst, Api api)
    {
        await burst.OnceAsync(api, Connections);
        BurstVerdict.AnswersAreOfTheContract(burst);
        BurstVerdict.RepetitionsAreEqual(burst);
        BurstVerdict.PoolIsExactlyEmpty(burst, CrashPackets, CrashPackets * 100L, min: 1, max: 1000);
        await BurstVerdict.BalancesAreWhatWasToldAsync(burst, api);
    }

    /// <summary>Six shards on three silos: each has written some of them.</summary>
    private async Task ShardsAreSpreadAsync()
    {
        for (var silo = 0; silo < TestCluster.Silos; silo++)
        {
            (await Metrics.ReadAsync(cluster.Silo(silo), "campaigns_ledger_rows_total"))
                .ShouldBeGreaterThan(Packets / Shards, $"silo {silo}");
        }
    }
}
