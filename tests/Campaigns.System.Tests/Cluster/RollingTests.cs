using System.Diagnostics;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Hosts;

namespace Campaigns.System.Tests.Cluster;

/// <summary>What operators do to a cluster while it is used.</summary>
public sealed class RollingTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private static readonly TimeSpan BackToNormalWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    [ClusterFact]
    public async Task RollingRestartUnderLoad_RefusesOnlyRetryablyAndIsAsFastAsBeforeWithinHalfAMinute()
    {
        await cluster.EnsureAsync();
        using var api = cluster.Client();
        await api.LaunchAsync(PoolDocument.Of("rolling", 400_000, 40_000_000, shards: 6));
        await using var load = new SteadyLoad(api, "rolling", PoolDocument.Pool);
        var before = await NormalAsync(load);

        for (var silo = 0; silo < TestCluster.Silos; silo++)
        {
            await cluster.StopSiloAsync(silo);
            await cluster.StartSiloAsync(silo);
        }

        await Eventually.ShouldBe(() => load.LatelyP99(Window) <= 2 * before, BackToNormalWithin);
        await load.EndAsync();
        AnswersAreOfTheContract(load);
        await cluster.ShouldBeBalancedAsync();
    }

    [ClusterFact]
    public async Task SiloThatJoinsUnderLoad_TakesItsShareAndLeavesAgain()
    {
        const int Joined = TestCluster.Silos;
        await cluster.EnsureAsync();
        using var api = cluster.Client();
        await api.LaunchAsync(PoolDocument.Of("old", 400_000, 40_000_000, shards: 6));
        await using var load = new SteadyLoad(api, "old", PoolDocument.Pool);
        await Eventually.ShouldBe(() => load.Served > 200);

        await cluster.StartSiloAsync(Joined);
        await api.LaunchAsync(PoolDocument.Of("new", 4_000, 400_000, shards: 8));
        await using (var more = new SteadyLoad(api, "new", PoolDocument.Pool))
        {
            await Eventually.ShouldBe(
                async () => await Metrics.ReadAsync(cluster.Silo(Joined), "campaigns_ledger_rows_total") > 50,
                TimeSpan.FromSeconds(30));
            await cluster.StopSiloAsync(Joined);
            var served = more.Served;
            await Eventually.ShouldBe(() => more.Served > served + 200, TimeSpan.FromSeconds(30));
            await more.EndAsync();
            AnswersAreOfTheContract(more);
        }

        await load.EndAsync();
        AnswersAreOfTheContract(load);
        await cluster.ShouldBeBalancedAsync();
    }

    [ClusterFact]
    public async Task PausedThroughOneGateway_StopsDrawsAtEachWithinASecond()
    {
        await cluster.EnsureAsync();
        using var first = cluster.ClientOf(0);
        using var second = cluster.ClientOf(1);
        await first.LaunchAsync(PoolDocument.Of("pause", 100_000, 10_000_000, shards: 3));
        await using var there = new SteadyLoad(second, "pause", PoolDocument.Pool);
        await using var here = new SteadyLoad(first, "pause", PoolDocument.Pool);
        await Eventually.ShouldBe(() => Won(here) > 20 && Won(there) > 20);

        var paused = await first.OperateAsync("pause", "pause");
        paused.Status.ShouldBe(200, paused.Body);
        await Eventually.ShouldBe(
            () => Stopwatch.GetElapsedTime(paused.AnsweredAt) > TimeSpan.FromSeconds(1.5)
                && Refused(here) > 20 && Refused(there) > 20);

        foreach (var load in (SteadyLoad[])[here, there])
        {
            load.Answers().Where(answer => answer.AskedAt > paused.AnsweredAt + Stopwatch.Frequency)
                .ShouldAllBe(answer => answer.Code == "paused");
        }
    }

    /// <summary>SIGTERM: not ready first, while it still answers.</summary>
    [ClusterFact]
    public async Task GatewayToldToStop_SaysSoToBalancersBeforeItEnds()
    {
        await cluster.EnsureAsync();
        var settings = new Dictionary<string, string>(cluster.Store.Settings)
        {
            ["Campaigns__DrainDelay"] = "00:00:03",
        };
        await using var gateway = await HostProcess.StartRoleAsync("gateway", settings);
        using var api = new Api(gateway.Address, cluster.Store.Tokens);
        (await api.SendAsync("GET", "/health/ready", null)).Status.ShouldBe(200);

        gateway.Signal("TERM");
        await Eventually.ShouldBe(
            async () => (await api.SendAsync("GET", "/health/ready", null)).Status == 503, TimeSpan.FromSeconds(2));
        (await api.SendAsync("GET", "/v1/campaigns", null)).Status.ShouldBe(200);
        (await gateway.ExitAsync()).ShouldBe(0, gateway.Log);
    }

    /// <summary>Orleans would go on trying for minutes to write into the membership that it leaves.</summary>
    [ClusterFact]
    public async Task SiloToldToStopWhileTheDatabaseIsAway_EndsAfterItsTime()
    {
        const int Leaving = TestCluster.Silos;
        await cluster.EnsureAsync();
        await cluster.StartSiloAsync(Leaving, new()
        {
            ["Campaigns__DrainDelay"] = "00:00:01",
            ["Campaigns__DrainTimeout"] = "00:00:01",
            ["Campaigns__Ledger__GroupCommit__DrainLimit"] = "00:00:03",
        });
        await cluster.Store.Server.StopAsync();

        var silo = cluster.Silo(Leaving);
        var clock = Stopwatch.StartNew();
        (await silo.StopAsync()).ShouldBe(1, silo.Log);
        clock.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(20));
        silo.Log.ShouldContain("could not stop in order within 7 s");

        await cluster.Store.Server.RestartAsync();
        await cluster.KillSiloAsync(Leaving);
        using var api = cluster.Client();
        await Eventually.ShouldBe(() => ServesAsync(api), BackToNormalWithin);
    }

    /// <summary>So many grains that each silo has some: one that is gone and counts as alive is asked, too.</summary>
    private static async Task<bool> ServesAsync(Api api)
    {
        foreach (var campaign in Enumerable.Range(0, 30))
        {
            var answer = await api.SendAsync(
                "GET", $"/v1/ops/campaigns/absent-{campaign}", api.Tokens.Operator("olga"));
            if (answer.Status != 404)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Once the first requests are behind it.</summary>
    private static async Task<TimeSpan> NormalAsync(SteadyLoad load)
    {
        await Eventually.ShouldBe(() => load.Served > 1_500, TimeSpan.FromSeconds(60));
        await Eventually.ShouldBe(() => load.LatelyP99(Window) is not null, TimeSpan.FromSeconds(30));

        // Under this the machine's own unrest is all that is seen.
        var floor = TimeSpan.FromMilliseconds(100);
        var lately = load.LatelyP99(Window)!.Value;
        return lately > floor ? lately : floor;
    }

    private static int Won(SteadyLoad load) => load.Answers().Count(answer => answer.Status == 201);

    private static int Refused(SteadyLoad load) => load.Answers().Count(answer => answer.Code == "paused");

    private static void AnswersAreOfTheContract(SteadyLoad load)
    {
        foreach (var answer in load.Answers())
        {
            (answer.Status == 201 || (answer.Status == 503 && answer.RetryAfter)
                || (answer.Status == 409 && answer.Code == "exhausted"))
                .ShouldBeTrue($"{answer.Status} {answer.Body}");
        }
    }
}
