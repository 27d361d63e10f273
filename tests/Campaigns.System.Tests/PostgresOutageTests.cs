using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Faults;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>The database dies again and again under a host that goes on.</summary>
[Trait("Proof", "outage")]
public sealed class PostgresOutageTests
{
    private const int Connections = 128;
    private const string Campaign = "outage";
    private static readonly int Crashes = Scale.Of("outage", everyRun: 1, proven: 5);
    private static readonly int Packets = Scale.Of("outage", everyRun: 3_000, proven: 20_000);

    [Fact]
    public async Task PostgresKilledMidBurst_AndStartedAgain_LosesNothingAndAnswersOnlyAskAgain()
    {
        await using var store = await PostgresStore.CreateToKillAsync();
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens, Connections);
        await api.LaunchAsync(PoolDocument.Of(Campaign, Packets, Packets * 100L));
        var burst = new DrawBurst(Campaign, PoolDocument.Pool, users: Packets + (Packets / 4), askedEach: 1);

        var asking = burst.OnceAsync(api, Connections);
        for (var crash = 1; crash <= Crashes; crash++)
        {
            await Eventually.ShouldBe(
                () => burst.Answered >= Packets * crash / (Crashes + 1), TimeSpan.FromSeconds(60));
            var told = Told(burst);
            store.Server.Kill9();
            await Eventually.ShouldBe(() => Told(burst) > told, TimeSpan.FromSeconds(30));
            await store.Server.RestartAsync();
        }

        await asking;
        await Reckoning.HoldsAsync(store, api, burst, Packets, Connections);
    }

    /// <summary>Answers that say "ask again".</summary>
    private static int Told(DrawBurst burst) => burst.All.Count(answer => answer.Status == 503);
}
