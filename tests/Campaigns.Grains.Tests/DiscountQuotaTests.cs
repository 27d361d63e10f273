using Campaigns.Contracts;

namespace Campaigns.Grains.Tests;

public sealed class DiscountQuotaOnVolatileTests() : DiscountQuotaTests(LedgerKind.Volatile);

public sealed class DiscountQuotaOnSqliteTests() : DiscountQuotaTests(LedgerKind.Sqlite);

public sealed class DiscountQuotaOnPostgresTests() : DiscountQuotaTests(LedgerKind.Postgres);

public abstract class DiscountQuotaTests(LedgerKind kind) : LedgerTests(kind)
{
    [Fact]
    public async Task FiftyReservationsAtOnce_TakeExactlyTheQuota_AndAfterwardsExactlyWhatCancelsGaveBack()
    {
        var silo = await StartAsync();
        silo.Time.Set(new DateTimeOffset(2027, 2, 1, 12, 0, 0, TimeSpan.FromHours(8)));
        await silo.OpenAsync(new Document(silo.Time.GetUtcNow()).Budget("discounts", 1_000_000).Add("""
            {"id": "spend", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}],
             "perUserPerDay": 2, "stock": 10, "merchants": ["*"], "holdFor": "PT15M"}
            """));

        var first = await FiftyAtOnceAsync(silo, "first");
        first.Count.ShouldBe(2);
        await CancelAsync(silo, first[0]);
        var second = await FiftyAtOnceAsync(silo, "second");
        second.Count.ShouldBe(1);
        await Task.WhenAll(CancelAsync(silo, first[1]), CancelAsync(silo, second[0]));
        await using var again = await silo.RestartAsync();
        (await FiftyAtOnceAsync(again, "third")).Count.ShouldBe(2);
        (await FiftyAtOnceAsync(again, "fourth")).ShouldBeEmpty();

        await again.ShouldBeCleanAsync();
        var stock = (await again.Grains.Stock("night", "spend").Accounts()).Single(account => account.Unit == "pieces");
        (stock.Held, stock.Remaining).ShouldBe((2, 8));
    }

    /// <summary>The orders that were reserved; all others are told that the quota is used up.</summary>
    private static async Task<List<string>> FiftyAtOnceAsync(TestSilo silo, string prefix)
    {
        var orders = Enumerable.Range(0, 50).Select(order => $"{prefix}-{order}").ToList();
        var replies = await Calls.AllAsync(orders, order => silo.ReserveAsync("ada", order));
        replies.Where(reply => reply.Outcome != Outcome.Done)
            .ShouldAllBe(reply => reply.Outcome == Outcome.QuotaExceeded);
        replies.Where(reply => reply.Outcome == Outcome.Done).ShouldAllBe(reply => reply.Order!.Off == 2_000);
        return [.. orders.Where((_, index) => replies[index].Outcome == Outcome.Done)];
    }

    private static async Task CancelAsync(TestSilo silo, string order) =>
        (await silo.Grains.Order("shop", order).Cancel()).Order!.State.ShouldBe(OrderState.Cancelled);
}
