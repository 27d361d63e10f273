using Campaigns.Contracts;

namespace Campaigns.Grains.Tests;

public sealed class DiscountTests
{
    [Fact]
    public async Task CancelledOrder_GivesQuotaAndStockBack()
    {
        await using var silo = await OpenAsync();
        await ReserveAsync(silo, "a");
        await ReserveAsync(silo, "b");
        (await ReserveAsync(silo, "c")).Outcome.ShouldBe(Outcome.QuotaExceeded);

        (await Order(silo, "a").Cancel()).Order!.State.ShouldBe(OrderState.Cancelled);
        var fourth = await ReserveAsync(silo, "d");

        fourth.Outcome.ShouldBe(Outcome.Done);
        (await Order(silo, "a").Cancel()).Outcome.ShouldBe(Outcome.Done);
        (await StockAsync(silo)).Held.ShouldBe(2);
    }

    [Fact]
    public async Task CancelBeforeReserve_LeavesATombstone()
    {
        await using var silo = await OpenAsync();

        (await Order(silo, "late").Cancel()).Order!.State.ShouldBe(OrderState.Cancelled);

        (await ReserveAsync(silo, "late")).Outcome.ShouldBe(Outcome.Cancelled);
        (await Order(silo, "late").Get()).Order!.State.ShouldBe(OrderState.Cancelled);
    }

    [Fact]
    public async Task HoldThatIsNotConfirmedInTime_ExpiresAndGivesEverythingBack()
    {
        await using var silo = await OpenAsync();
        await ReserveAsync(silo, "a");
        silo.Time.Advance(TimeSpan.FromMinutes(16));

        var confirmed = await Order(silo, "a").Confirm(new ConfirmCommand("p1", 8_000, 1));

        confirmed.Outcome.ShouldBe(Outcome.Expired);
        (await Order(silo, "a").Get()).Order!.State.ShouldBe(OrderState.Expired);
        (await StockAsync(silo)).Remaining.ShouldBe(10);
        (await ReserveAsync(silo, "b")).Outcome.ShouldBe(Outcome.Done);
        (await ReserveAsync(silo, "c")).Outcome.ShouldBe(Outcome.Done);
    }

    [Fact]
    public async Task MoreHoldsAreDueThanTheCommittersQueueTakes_TheyExpireInPartsAndTheStockGoesOn()
    {
        const int Holds = 10_500;
        await using var silo = await OpenAsync("", budget: null);
        for (var done = 0; done < Holds; done += 500)
        {
            var replies = await Task.WhenAll(Enumerable.Range(done, 500).Select(order => HoldAsync(silo, order)));
            replies.ShouldAllBe(reply => reply.Outcome == Outcome.Done);
        }

        silo.Time.Advance(TimeSpan.FromMinutes(16));

        var next = await Calls.PatientAsync(() => HoldAsync(silo, Holds), reply => reply.Outcome);
        next.Outcome.ShouldBe(Outcome.Done);
        (await silo.Grains.Stock("night", "spend").Accounts())
            .Single(account => account.Unit == "discount").Held.ShouldBe(2_000);
    }

    [Fact]
    public async Task ConfirmedOrder_IsRefundedInParts_AndRetriesGetTheFirstAnswers()
    {
        await using var silo = await OpenAsync();
        var reserved = await ReserveAsync(silo, "a");
        var confirmed = await Order(silo, "a").Confirm(new ConfirmCommand("p1", 8_000, 1));
        var half = await Order(silo, "a").Refund(new RefundCommand("r1", 4_000, 1));
        var rest = await Order(silo, "a").Refund(new RefundCommand("r2", 4_000, 2));

        confirmed.Order!.State.ShouldBe(OrderState.Confirmed);
        half.Order!.Returned.ShouldBe(1_000);
        rest.Order!.State.ShouldBe(OrderState.Refunded);
        (await ReserveAsync(silo, "a")).Order.ShouldBe(reserved.Order);
        (await Order(silo, "a").Confirm(new ConfirmCommand("p1", 8_000, 1))).Order.ShouldBe(confirmed.Order);
        (await Order(silo, "a").Refund(new RefundCommand("r1", 4_000, 1))).Order.ShouldBe(half.Order);
        (await Order(silo, "a").Refund(new RefundCommand("r1", 3_000, 3))).Outcome.ShouldBe(Outcome.KeyReused);
        var audit = await silo.Grains.Campaign("night").Audit();
        audit.Balanced.ShouldBeTrue();
        (await StockAsync(silo)).Remaining.ShouldBe(10);
    }

    [Fact]
    public async Task Quote_ReservesNothing_AndHonoursTheQuota()
    {
        await using var silo = await OpenAsync();
        var before = await QuoteAsync(silo);
        for (var attempt = 0; before.Offers.Length == 0 && attempt < 100_000; attempt++)
        {
            // A quote looks at the campaigns that the silo has heard of: within the poll's interval.
            before = await QuoteAsync(silo);
        }

        await ReserveAsync(silo, "a");
        await ReserveAsync(silo, "b");
        var after = await QuoteAsync(silo);

        before.Offers.ShouldBe([new QuoteOffer("night", "spend", 2_000, 8_000)]);
        after.Offers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"stock\": 1,")]
    [InlineData("\"stockPerDay\": 1, \"stock\": 10,")]
    public async Task Quote_OffersNothingThatTheStockHasNot(string limits)
    {
        await using var silo = await OpenAsync(limits);
        await Calls.PatientAsync(() => HoldAsync(silo, 1), reply => reply.Outcome);

        (await QuoteAsync(silo)).Offers.ShouldBeEmpty();
        await silo.Grains.Stock("night", "spend").Act(new HoldAction("order/shop/1", HoldVerb.Release, null, 0, 1));
        (await QuoteAsync(silo)).Offers.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task OrderThatLeftNothingToPay_IsRefundedByNothing()
    {
        await using var silo = await OpenAsync("\"stock\": 10,", tiers: """{"spend": 10000, "off": 10000}""");
        await ReserveAsync(silo, "a");
        await Order(silo, "a").Confirm(new ConfirmCommand("p1", 0, 1));

        (await Order(silo, "a").Refund(new RefundCommand("r1", 1, 1))).Outcome.ShouldBe(Outcome.Invalid);
        var refunded = await Order(silo, "a").Refund(new RefundCommand("r1", 0, 1));

        refunded.Order!.State.ShouldBe(OrderState.Refunded);
        refunded.Order.Returned.ShouldBe(10_000);
        (await StockAsync(silo)).Remaining.ShouldBe(10);
    }

    private static Task<HoldReply> HoldAsync(TestSilo silo, int order) =>
        silo.Grains.Stock("night", "spend").Hold(new HoldCommand(
            $"order/shop/{order}", $"user-{order}", 2_000, 20_850, 900, "m1", 1, 8_000));

    private static async Task<TestSilo> OpenAsync(
        string limits = """ "perUserPerDay": 2, "stockPerDay": 5, "stock": 10, """,
        long? budget = 1_000_000,
        string tiers = """{"spend": 10000, "off": 2000}, {"spend": 50000, "off": 10000}""")
    {
        var silo = await TestSilo.StartAsync();
        silo.Time.Set(new DateTimeOffset(2027, 2, 1, 12, 0, 0, TimeSpan.FromHours(8)));
        var document = new Document(silo.Time.GetUtcNow());
        if (budget is { } cap)
        {
            document.Budget("discounts", cap);
        }

        await silo.OpenAsync(document.Add($$"""
            {"id": "spend", "type": "spend-discount", "tiers": [{{tiers}}],
             {{limits}} "merchants": ["*"], "holdFor": "PT15M"}
            """));
        return silo;
    }

    private static IOrderGrain Order(TestSilo silo, string order) => silo.Grains.Order("shop", order);

    private static Task<OrderReply> ReserveAsync(TestSilo silo, string order) =>
        Order(silo, order).Reserve(new ReserveCommand("ada", "m1", "night", "spend", 10_000, 77));

    private static Task<QuoteReply> QuoteAsync(TestSilo silo) =>
        silo.Grains.User("ada").Quote(new QuoteCommand("m1", "online", 10_000));

    private static async Task<AccountBalance> StockAsync(TestSilo silo) =>
        (await silo.Grains.Stock("night", "spend").Accounts()).Single(account => account.Unit == "pieces");
}
