using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>A pool with a long history answers soon after a start.</summary>
[Trait("Proof", "restart")]
public sealed class RestartTests
{
    private const int Connections = 256;
    private const string Campaign = "restart";
    private static readonly int Draws = Scale.Of("restart", everyRun: 10_000, proven: 999_000);

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task FirstDrawAfterARestart_IsAnsweredWithinFiveSeconds(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        await using (var host = await store.StartAsync())
        {
            using var api = new Api(host.Address, store.Tokens, Connections);
            await api.LaunchAsync(PoolDocument.Of(Campaign, count: Draws + 1_000, total: (Draws + 1_000) * 100L));
            var burst = new DrawBurst(Campaign, PoolDocument.Pool, Draws, askedEach: 1);
            await burst.OnceAsync(api, Connections);
            await burst.UntilAnsweredAsync(api, Connections, TimeSpan.FromSeconds(30));
            BurstVerdict.Wins(burst).Count.ShouldBe(Draws);
            await host.KillAsync();
        }

        await using var again = await store.StartAsync();
        using var after = new Api(again.Address, store.Tokens, Connections);
        var began = TimeProvider.System.GetTimestamp();
        await Eventually.ShouldBe(
            async () => (await after.DrawAsync("latecomer", "k", Campaign, PoolDocument.Pool)).Status == 201,
            TimeSpan.FromSeconds(5));
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        var first = "user-0000000";
        var repeated = await after.DrawAsync(first, DrawBurst.Key(first), Campaign, PoolDocument.Pool);
        repeated.Replayed.ShouldBeTrue(repeated.Body);
    }
}
