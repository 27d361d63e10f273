using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>Twice as many users as packets, each asking twice, on 256 connections.</summary>
[Trait("Proof", "burst")]
public sealed class BurstTests
{
    private const int Connections = 256;
    private const string Campaign = "burst";
    private static readonly int Packets = Scale.Of("burst", everyRun: 2_000, proven: 10_000);

    [Theory]
    [InlineData(Store.Sqlite, 1)]
    [InlineData(Store.Sqlite, 8)]
    [InlineData(Store.Postgres, 1)]
    [InlineData(Store.Postgres, 8)]
    public async Task MoreUsersThanPackets_ShareThePoolToTheFen(string kind, int shards)
    {
        await using var store = await Store.CreateAsync(kind);
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens, Connections);
        await api.LaunchAsync(PoolDocument.Of(Campaign, Packets, Packets * 100L, shards));

        var burst = new DrawBurst(Campaign, PoolDocument.Pool, users: 2 * Packets, askedEach: 2);
        await burst.OnceAsync(api, Connections);
        await burst.UntilAnsweredAsync(api, Connections, TimeSpan.FromSeconds(30));

        BurstVerdict.AnswersAreOfTheContract(burst);
        BurstVerdict.RepetitionsAreEqual(burst);
        BurstVerdict.PoolIsExactlyEmpty(burst, Packets, Packets * 100L, min: 1, max: 1000);
        BurstVerdict.NobodyWasToldExhaustedTooEarly(burst);
        await BurstVerdict.BalancesAreWhatWasToldAsync(burst, api);
        var audited = await store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(0, audited.Output + audited.Error);
    }
}
