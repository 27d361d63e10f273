using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;
using Xunit.Abstractions;

namespace Campaigns.System.Tests.Faults;

/// <summary>
/// The connection to PostgreSQL ends around a commit: the host cannot know whether the server has it, and the server
/// may or may not.
/// </summary>
[Trait("Proof", "cut-commits")]
public sealed class CutCommitTests(ITestOutputHelper output)
{
    private const int Connections = 16;
    private const int Every = 3;
    private const int MostRounds = 20;
    private static readonly int Cuts = Scale.Of("cut-commits", everyRun: 10, proven: 200);
    private static readonly int Packets = Scale.Of("cut-commits", everyRun: 600, proven: 5_000);

    [Fact]
    public async Task ConnectionCutAroundCommits_LosesNothingAndIssuesNothingTwice()
    {
        await using var store = await PostgresStore.CreateAsync();
        await using var proxy = new CommitProxy(store.Settings["Campaigns__Postgres"], Every, Cuts);
        store.Settings["Campaigns__Postgres"] = proxy.ConnectionString;
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens, Connections);

        for (var round = 1; round <= MostRounds && !proxy.HasCutEnough; round++)
        {
            var campaign = $"cut-{round}";
            await api.LaunchAsync(PoolDocument.Of(campaign, Packets, Packets * 100L));
            var burst = new DrawBurst(campaign, PoolDocument.Pool, Packets + (Packets / 4), askedEach: 1, campaign);
            await burst.OnceAsync(api, Connections);
            await Reckoning.HoldsAsync(store, api, burst, Packets, Connections);
        }

        output.WriteLine($"cut before the server: {proxy.CutBefore}, after its commit: {proxy.CutAfter}");
        proxy.CutBefore.ShouldBeGreaterThanOrEqualTo((Cuts / 2) - 1);
        proxy.CutAfter.ShouldBeGreaterThanOrEqualTo((Cuts / 2) - 1);
        (await Reckoning.MetricAsync(api, "campaigns_ledger_batch_unknown_total")).ShouldBeGreaterThan(0);
    }
}
