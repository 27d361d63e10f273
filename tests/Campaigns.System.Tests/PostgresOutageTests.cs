using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>The database dies under a host that goes on.</summary>
[Trait("Proof", "outage")]
public sealed class PostgresOutageTests
{
    private const int Connections = 128;
    private const string Campaign = "outage";
    private static readonly int Rounds = Scale.Of("outage", everyRun: 1, proven: 10);
    private static readonly int Packets = Scale.Of("outage", everyRun: 3_000, proven: 10_000);

    [Fact]
    public async Task PostgresKilledMidBurst_AndStartedAgain_LosesNothingAndAnswersOnlyAskAgain()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await using var store = await PostgresStore.CreateToKillAsync();
            await using var host = await store.StartAsync();
            using var api = new Api(host.Address, store.Tokens, Connections);
            await api.LaunchAsync(PoolDocument.Of(Campaign, Packets, Packets * 100L));
            var burst = new DrawBurst(Campaign, PoolDocument.Pool, users: Packets + (Packets / 4), askedEach: 1);

            var asking = burst.OnceAsync(api, Connections);
            await Eventually.ShouldBe(
                () => burst.Answered >= Packets * round / (Rounds + 1), TimeSpan.FromSeconds(60));
            store.Server.Kill9();
            await Eventually.ShouldBe(
                () => burst.All.Any(answer => answer.Status == 503), TimeSpan.FromSeconds(30));
            await store.Server.RestartAsync();
            await asking;
            await burst.UntilAnsweredAsync(api, Connections, TimeSpan.FromSeconds(60));
            await burst.OnceAsync(api, Connections);

            BurstVerdict.AnswersAreOfTheContract(burst);
            BurstVerdict.RepetitionsAreEqual(burst);
            BurstVerdict.PoolIsExactlyEmpty(burst, Packets, Packets * 100L, min: 1, max: 1000);
            await BurstVerdict.BalancesAreWhatWasToldAsync(burst, api);
            var audited = await store.CommandAsync("audit");
            audited.ExitCode.ShouldBe(0, audited.Output + audited.Error);
        }
    }
}
