using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>kill -9 in the middle of a burst loses nothing that was acknowledged and gives nothing twice.</summary>
[Trait("Proof", "crash")]
public sealed class CrashTests
{
    private const int Connections = 128;
    private const string Campaign = "crash";
    private static readonly int Rounds = Scale.Of("crash", everyRun: 2, proven: 20);
    private static readonly int Packets = Scale.Of("crash", everyRun: 2_000, proven: 10_000);

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task KilledMidBurst_AndStartedAgain_KeepsEveryAcknowledgedDraw(string kind)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await using var store = await Store.CreateAsync(kind);
            var burst = new DrawBurst(Campaign, PoolDocument.Pool, users: Packets + (Packets / 4), askedEach: 1);
            await KillMidBurstAsync(store, burst, killAfter: Packets * round / (Rounds + 1));

            await using var host = await store.StartAsync();
            using var api = new Api(host.Address, store.Tokens, Connections);
            await AcknowledgedIsThereAsync(burst, api);
            await burst.UntilAnsweredAsync(api, Connections, TimeSpan.FromSeconds(30));
            await burst.OnceAsync(api, Connections);

            BurstVerdict.AnswersAreOfTheContract(burst);
            BurstVerdict.RepetitionsAreEqual(burst);
            BurstVerdict.PoolIsExactlyEmpty(burst, Packets, Packets * 100L, min: 1, max: 1000);
            await BurstVerdict.BalancesAreWhatWasToldAsync(burst, api);
            var audited = await store.CommandAsync("audit");
            audited.ExitCode.ShouldBe(0, audited.Output + audited.Error);
            audited.Output.ShouldContain("balanced");
        }
    }

    private static async Task KillMidBurstAsync(Store store, DrawBurst burst, int killAfter)
    {
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens, Connections);
        await api.LaunchAsync(PoolDocument.Of(Campaign, Packets, Packets * 100L));
        using var stop = new CancellationTokenSource();
        var asking = burst.OnceAsync(api, Connections, stop.Token);
        await Eventually.ShouldBe(() => burst.Answered >= killAfter, TimeSpan.FromSeconds(60));
        await host.KillAsync();
        stop.Cancel();
        await asking;
        burst.Answered.ShouldBeLessThan(burst.Users.Count, "the host was to be killed before the burst was over");
    }

    private static async Task AcknowledgedIsThereAsync(DrawBurst burst, Api api)
    {
        foreach (var some in BurstVerdict.Wins(burst).Chunk(64))
        {
            var balances = await Task.WhenAll(some.Select(win => api.CashAsync(win.Key)));
            balances.ShouldBe(some.Select(win => win.Value));
        }
    }
}
