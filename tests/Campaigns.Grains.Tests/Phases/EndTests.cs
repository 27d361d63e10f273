using Campaigns.Contracts;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Phases;

public sealed class EndTests
{
    [Fact]
    public async Task End_GivesTheRestOfEveryPoolBackToTheBudgetOnce_AlsoOfThoseNobodyTouched()
    {
        await using var silo = await TestSilo.StartAsync(
            grains: new GrainOptions { SettlementInterval = TimeSpan.FromMilliseconds(40) });
        await silo.OpenAsync(Pools.Plain(silo, count: 40, total: 4_000, shards: 4).Budget("discounts", 50_000).Add("""
            {"id": "spend", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}], "stock": 5,
             "perUserPerDay": 2, "merchants": ["*"], "holdFor": "PT15M"}
            """));
        var drawn = (await silo.DrawAsync("ada", shards: 4)).Result!.Amount;
        (await silo.ReserveAsync("ada", "kept")).Outcome.ShouldBe(Outcome.Done);
        await silo.Grains.Order("shop", "kept").Confirm(new ConfirmCommand("p1", 8_000, 1));

        (await silo.ActAsync("night", LifecycleAction.End, "planner")).ShouldBe(Outcome.Done);

        await EventuallyAsync(
            async () => (await PoolsAsync(silo)).All(account => account.Remaining == 0), "every pool is settled");
        await silo.Grains.PacketPool("night", "bag", 1).Settle();
        await silo.Grains.Stock("night", "spend").Settle();
        var accounts = await silo.ShouldBeCleanAsync();
        accounts.Where(account => account.Account.StartsWith("night/bag", StringComparison.Ordinal))
            .Sum(account => account.Refunded)
            .ShouldBe(4_000 - drawn);
        accounts.Single(account => account is { Account: "night", Unit: "cash" }).Remaining
            .ShouldBe(1_000_000 - drawn);
        accounts.Single(account => account is { Account: "night", Unit: "discount" }).Remaining.ShouldBe(48_000);
        (await silo.EntriesAsync()).Count(entry => entry.Kind == EntryKind.PacketPoolClosed).ShouldBe(4);
    }

    [Fact]
    public async Task End_WithOpenHolds_LetsThemBeConfirmedOrExpire_AndTheRestGoesToTheBudget()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.OpenAsync(new Document(silo.Time.GetUtcNow()).Budget("discounts", 50_000).Add("""
            {"id": "spend", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}], "stock": 5,
             "perUserPerDay": 2, "merchants": ["*"], "holdFor": "PT15M"}
            """));
        await silo.ReserveAsync("ada", "paid");
        await silo.ReserveAsync("bob", "forgotten");
        await silo.ActAsync("night", LifecycleAction.End, "planner");
        await EventuallyAsync(
            async () => await silo.Grains.Campaign("night").Settle() == Outcome.Held,
            "the stock is closed");
        (await silo.ReserveAsync("eve", "new")).Outcome.ShouldBe(Outcome.Ended);

        (await silo.Grains.Order("shop", "paid").Confirm(new ConfirmCommand("p1", 8_000, 1))).Order!.State
            .ShouldBe(OrderState.Confirmed);
        silo.Time.Advance(TimeSpan.FromMinutes(16));
        (await silo.Grains.Order("shop", "forgotten").Get()).Order!.State.ShouldBe(OrderState.Expired);

        var accounts = await silo.ShouldBeCleanAsync();
        var stock = accounts.Single(account => account is { Account: "night/spend/0", Unit: "discount" });
        (stock.Remaining, stock.Held, stock.Issued).ShouldBe((0, 0, 2_000));
        accounts.Single(account => account is { Account: "night", Unit: "discount" }).Remaining.ShouldBe(48_000);
    }

    [Fact]
    public async Task Seeds_AreSecretUntilTheEnd_ThenEveryDrawCanBeRecomputed()
    {
        await using var silo = await TestSilo.StartAsync();
        var document = Pools.Plain(silo, count: 30, total: 3_000, shards: 2);
        var before = await silo.OpenAsync(document);
        await AllAsync(Enumerable.Range(0, 40), user => silo.DrawAsync($"u{user}", shards: 2));
        before.Activities.Single().Rounds.Single().Seed.ShouldBeNull();

        await silo.ActAsync("night", LifecycleAction.End, "planner");
        var after = (await silo.Grains.Campaign("night").GetSummary(1))!.Activities.Single().Rounds.Single();

        after.SeedHash.ShouldBe(before.Activities.Single().Rounds.Single().SeedHash);
        var revealed = new RevealedRound(
            Seed.Of(Convert.FromHexString(after.Seed!)), Commitment.Parse(after.SeedHash!));
        var activity = (RedPacketActivity)CampaignDocument.Parse(document.ToUtf8()).Campaign!.FindActivity("bag")!;
        for (var shard = 0; shard < 2; shard++)
        {
            var entries = await silo.EntriesAsync(StreamNames.Pool("night", "bag", shard));
            var verified = PoolVerifier.Verify(
                "night", activity, [revealed], shard,
                entries.Select(entry => new PoolEntry(entry.Version, entry.Kind, entry.Payload, entry.Amount)),
                finished: true);
            verified.Differences.ShouldBeEmpty();
            verified.Draws.ShouldBe(15);
        }
    }

    private static async Task<IEnumerable<AccountBalance>> PoolsAsync(TestSilo silo) =>
        (await silo.Ledger.Journal.AuditAsync()).Accounts.Where(account => account.Account.Contains('/'));
}
