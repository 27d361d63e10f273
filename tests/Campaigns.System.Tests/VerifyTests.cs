using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>What <c>verify</c> says of a pool that is open, finished, and tampered with.</summary>
public sealed class VerifyTests
{
    [Fact]
    public async Task Pool_IsVerifiedOnceItIsSettled_AndEveryRowOfItCounts()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        await api.LaunchAsync(PoolDocument.Of("fair", count: 10, total: 1000, shards: 2));
        (await api.DrawAsync("ann", "k", "fair", PoolDocument.Pool)).Status.ShouldBe(201);

        var open = await VerifyAsync();
        open.ExitCode.ShouldBe(2);
        open.Error.ShouldContain("is not finished: shards 0, 1 are not settled yet");
        (await api.OperateAsync("fair", "end")).Status.ShouldBe(200);
        await Eventually.ShouldBe(async () => (await VerifyAsync()).ExitCode == 0);

        (await store.ExecuteAsync("update entries set amount = amount - 1 where kind = 203 and amount > 1"))
            .ShouldBe(2);
        var unfair = await VerifyAsync();
        unfair.ExitCode.ShouldBe(1);
        unfair.Output.ShouldContain("differs: shard 0, entry ");
        unfair.Output.ShouldContain("differs: shard 1, entry ");

        Task<ProcessRun> VerifyAsync() => store.CommandAsync("verify", "fair/pool", "--urls", host.Address.ToString());
    }
}
