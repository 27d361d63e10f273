using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>
/// Two hosts on one database, which the lease normally forbids: two activations of one pool. The journal's key is the
/// fence that remains.
/// </summary>
[Trait("Proof", "two-hosts")]
public sealed class TwoHostsTests
{
    private const int Connections = 64;
    private const string Campaign = "twins";
    private static readonly int Packets = Scale.Of("two-hosts", everyRun: 1_000, proven: 10_000);

    [Fact]
    public async Task TwoActivationsOfOnePool_IssueNothingTwice()
    {
        await using var store = await PostgresStore.CreateAsync();
        store.Settings["Campaigns__Lease"] = "false";
        await using var first = await store.StartAsync();
        await using var second = await store.StartAsync();
        using var left = new Api(first.Address, store.Tokens, Connections);
        using var right = new Api(second.Address, store.Tokens, Connections);
        await left.LaunchAsync(PoolDocument.Of(Campaign, Packets, Packets * 100L));
        await Eventually.ShouldBe(
            async () => (await right.SendAsync("GET", $"/v1/campaigns/{Campaign}", null)).Status == 200,
            TimeSpan.FromSeconds(5));

        // The same users with the same keys on both sides: whoever decides second must notice.
        var burst = new DrawBurst(Campaign, PoolDocument.Pool, users: Packets + (Packets / 4), askedEach: 1);
        await Task.WhenAll(burst.OnceAsync(left, Connections), burst.OnceAsync(right, Connections));
        await burst.UntilAnsweredAsync(left, Connections, TimeSpan.FromSeconds(120));
        await burst.OnceAsync(right, Connections);

        BurstVerdict.AnswersAreOfTheContract(burst);
        BurstVerdict.RepetitionsAreEqual(burst);
        BurstVerdict.PoolIsExactlyEmpty(burst, Packets, Packets * 100L, min: 1, max: 1000);
        await BurstVerdict.BalancesAreWhatWasToldAsync(burst, left);
        await BurstVerdict.BalancesAreWhatWasToldAsync(burst, right);
        var audited = await store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(0, audited.Output + audited.Error);
    }
}
