using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Faults;

/// <summary>Hosts that follow each other on one database while users go on asking whichever of them serves.</summary>
[Trait("Proof", "rolling")]
public sealed class RollingRestartTests
{
    private const int Connections = 32;
    private const string Campaign = "rolling";
    private static readonly int Restarts = Scale.Of("rolling", everyRun: 1, proven: 5);
    private static readonly int Packets = Scale.Of("rolling", everyRun: 2_000, proven: 10_000);

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task NextHostTakesOverUnderLoad_AndUsersSeeOneOutcomeEach(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        store.Settings["Campaigns__LeaseWait"] = "00:01:00";
        var host = await store.StartAsync();
        try
        {
            var api = new Api(host.Address, store.Tokens, Connections);
            await api.LaunchAsync(PoolDocument.Of(Campaign, Packets, Packets * 100L));
            var burst = new DrawBurst(Campaign, PoolDocument.Pool, users: Packets + (Packets / 4), askedEach: 1);
            for (var restart = 1; restart <= Restarts; restart++)
            {
                var asking = burst.OpenOnceAsync(api, Connections);
                var enough = burst.Answered + (Packets / (Restarts + 1));
                await Eventually.ShouldBe(() => burst.Answered >= enough);
                var next = store.StartAsync();
                host.Signal("TERM");
                (await host.ExitAsync()).ShouldBe(0, host.Log);
                await host.DisposeAsync();
                host = await next;
                await asking;
                api.Dispose();
                api = new Api(host.Address, store.Tokens, Connections);
            }

            await Reckoning.HoldsAsync(store, api, burst, Packets, Connections);
            api.Dispose();
        }
        finally
        {
            await host.DisposeAsync();
        }
    }
}
