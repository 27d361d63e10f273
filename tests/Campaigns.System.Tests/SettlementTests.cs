using System.Globalization;
using System.Text.Json.Nodes;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>A host killed before the end, and started after it, owes the budget the rest of every pool.</summary>
public sealed class SettlementTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task KilledBeforeTheEnd_AndStartedAfterIt_SettlesWithoutBeingAsked(string kind)
    {
        await using var store = await Store.CreateAsync(kind);
        store.Settings["Campaigns__Grains__SettlementInterval"] = "00:00:01";
        var document = JsonNode.Parse(PoolDocument.Of("late", count: 10, total: 1000, shards: 4))!;
        var end = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(8);
        document["schedule"]!["end"] = end.ToString("O", CultureInfo.InvariantCulture);
        await using (var first = await store.StartAsync())
        {
            using var api = new Api(first.Address, store.Tokens);
            await api.LaunchAsync(document.ToJsonString());
            (await api.DrawAsync("ann", "k", "late", PoolDocument.Pool)).Status.ShouldBe(201);
            await first.KillAsync();
        }

        await Eventually.ShouldBe(() => DateTimeOffset.UtcNow > end);
        await using var next = await store.StartAsync();
        await Eventually.ShouldBe(
            async () => (await store.CommandAsync("export", "--stream", "campaign/late")).Output
                .Contains("PoolsSettled", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60));

        var audited = await store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(0, audited.Output + audited.Error);
        var shards = audited.Output.Split('\n')
            .Where(line => line.StartsWith("late/pool/", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        shards.Count.ShouldBe(4);
        shards.ShouldAllBe(columns => columns[3] == "0", "nothing remains");

        var verified = await store.CommandAsync("verify", "late/pool", "--urls", next.Address.ToString());
        verified.ExitCode.ShouldBe(0, verified.Output + verified.Error);
    }
}
