using System.Globalization;
using System.Text.Json.Nodes;
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

    [Fact]
    public async Task PoolsOfARevisedCampaign_AreVerified_AndThoseThatItAdded()
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        var document = PoolDocument.Of("revised", count: 10, total: 1000);
        await api.LaunchAsync(document);
        (await api.DrawAsync("ann", "k", "revised", PoolDocument.Pool)).Status.ShouldBe(201);

        await ReviseAsync(api, WithAnotherPool(document));
        await Eventually.ShouldBe(
            async () => (await api.DrawAsync("ben", "k", "revised", "more")).Status == 201, TimeSpan.FromSeconds(20));
        (await api.OperateAsync("revised", "end")).Status.ShouldBe(200);

        foreach (var pool in (string[])[PoolDocument.Pool, "more"])
        {
            ProcessRun verified = null!;
            await Eventually.ShouldBe(async () => (verified = await VerifyAsync(pool)).ExitCode != 2);
            verified.ExitCode.ShouldBe(0, verified.Output + verified.Error);
            verified.Output.ShouldStartWith("fair: 1 draws worth ");
        }

        Task<ProcessRun> VerifyAsync(string pool) =>
            store.CommandAsync("verify", "revised/" + pool, "--urls", host.Address.ToString());
    }

    /// <summary>Twice the budget, and a pool that opens in some seconds.</summary>
    private static string WithAnotherPool(string document)
    {
        var revised = JsonNode.Parse(document)!;
        revised["budget"]!["cash"] = 2 * (long)revised["budget"]!["cash"]!;
        var more = revised["activities"]![0]!.DeepClone();
        more["id"] = "more";
        more["window"] = new JsonObject
        {
            ["from"] = DateTimeOffset.UtcNow.AddSeconds(4).ToString(
                "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        };
        revised["activities"]!.AsArray().Add(more);
        return revised.ToJsonString();
    }

    private static async Task ReviseAsync(Api api, string document)
    {
        var replaced = await api.SendAsync(
            "PUT", "/v1/ops/campaigns/revised", api.Tokens.Operator("olga"), document, ifMatch: "\"1\"");
        replaced.Status.ShouldBe(200, replaced.Body);
        (await api.OperateAsync("revised", "submit")).Status.ShouldBe(200);
        var approved = await api.OperateAsync("revised", "approve", "oscar");
        approved.Status.ShouldBe(200, approved.Body);
    }
}
