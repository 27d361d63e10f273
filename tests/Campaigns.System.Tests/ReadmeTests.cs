using System.Text.Json.Nodes;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>The README's walk through a campaign night, run as it stands there; only the port is a free one.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Walk_CopiedLiterally_AnswersEachLineWithSuccess(string kind)
    {
        var walk = new ReadmeWalk();
        await using var store = await Store.CreateAsync(kind);
        store.Settings.Remove("Campaigns__Demo");
        await using var host = await store.StartAsync();
        var answers = await walk.RunAsync(store, host, string.Concat(walk.Blocks.Skip(1)));

        var draws = answers.Where(answer => (string?)answer["outcome"] == "won").ToList();
        draws.Count.ShouldBe(2);
        JsonNode.DeepEquals(draws[0], draws[1]).ShouldBeTrue("the same key gets the same answer");
        var cash = (long)draws[0]["rewards"]![0]!["amount"]!;
        answers.ShouldContain(answer => answer["streak"] != null && (int)answer["streak"]! == 1);
        answers.ShouldContain(answer => answer["balances"] != null && (long)answer["balances"]!["cash"]! == cash);
        answers.ShouldContain(answer => (string?)answer["state"] == "confirmed");
        answers.ShouldContain(answer => answer["balanced"] != null && (bool)answer["balanced"]!);
    }
}
