using System.Text.Json.Nodes;
using Campaigns.Domain.Values;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Faults;
using Campaigns.System.Tests.Golden;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>
/// Journals of earlier code, byte for byte as it wrote them, under today's. A change of what is written leaves them and
/// adds one: <c>CAMPAIGNS_WRITE_GOLDEN=NUMBER dotnet test --filter GoldenJournal</c>.
/// </summary>
public sealed class GoldenJournalTests
{
    /// <summary>No host writes these yet: nobody can ask it to.</summary>
    private static readonly EntryKind[] Unwritten =
        [EntryKind.None, EntryKind.CampaignSettled, EntryKind.CampaignArchived, EntryKind.StockRefunded];

    public static TheoryData<string> Names => [.. GoldenFolder.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task OldJournal_IsBalancedAndItsRequestsGetTheirOldAnswers(string name)
    {
        await using var store = new SqliteStore();
        var golden = GoldenFolder.Of(name);
        await golden.CopyToAsync(store);
        await Reckoning.IsBalancedAsync(store);

        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        foreach (var step in await golden.StepsAsync())
        {
            var answer = await step.SendAsync(api);
            await Eventually.ShouldBe(async () => answer.Definite || (answer = await step.SendAsync(api)).Definite);
            (answer.Status, answer.Body).ShouldBe(
                (step.Status, step.Body), $"{step.Method} {step.Path} of {step.Who}\n{host.Log}");
        }

        (await api.DrawAsync("newcomer", "k", "live", "bag")).Status.ShouldBe(409);
        await Reckoning.IsBalancedAsync(store);
    }

    [Fact]
    public async Task NewestJournal_HoldsEveryKindOfEntryThatIsWritten()
    {
        await WriteIfAskedAsync();
        await using var store = new SqliteStore();
        await GoldenFolder.Of(GoldenFolder.Names[^1]).CopyToAsync(store);
        var kinds = (await store.CommandAsync("export")).Output.TrimEnd().Split('\n')
            .Select(line => Enum.Parse<EntryKind>((string)JsonNode.Parse(line)!["kind"]!)).Distinct();
        kinds.Order().ShouldBe(Enum.GetValues<EntryKind>().Except(Unwritten).Order());
    }

    private static async Task WriteIfAskedAsync()
    {
        if (Environment.GetEnvironmentVariable("CAMPAIGNS_WRITE_GOLDEN") is not { Length: > 0 } name)
        {
            return;
        }

        await using var store = new SqliteStore();
        await store.SetClockAsync(TimeSpan.Zero);
        store.Settings["Campaigns__Grains__SettlementInterval"] = "00:00:01";
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens);
        var (steps, end) = await new GoldenAuthor(store, api).WriteAsync();
        (await host.StopAsync()).ShouldBe(0, host.Log);
        await GoldenFolder.Of(name).WriteAsync(store, steps, end);
    }
}
