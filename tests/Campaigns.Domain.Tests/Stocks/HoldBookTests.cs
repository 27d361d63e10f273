using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.Stocks;

public sealed class HoldBookTests
{
    private static readonly Instant Start = Instant.FromUtc(2027, 2, 5, 12, 0);
    private static readonly LocalDate Today = new(2027, 2, 5);
    private readonly StockJournal _journal = new();

    private HoldBook Book => _journal.Book;

    [Fact]
    public void HoldThenConfirm_MovesTheAmountToTheMerchant()
    {
        Open(money: 10_000, pieces: 5);

        Hold(1).Accepted.ShouldBeTrue();
        Book.Money.ShouldBe(new StockAccount(10_000, 8_000, 2_000, 0, 0));
        Book.Pieces.ShouldBe(new StockAccount(5, 4, 1, 0, 0));

        Confirm(1).Accepted.ShouldBeTrue();
        Book.Money.ShouldBe(new StockAccount(10_000, 8_000, 0, 2_000, 0));
        Book.Pieces.ShouldBe(new StockAccount(5, 4, 0, 1, 0));
        _journal.Balance("pool/ny2027/spend/0/merchant/shop-1", Units.Discount).ShouldBe(2_000);
        ShouldBalance();
    }

    [Fact]
    public void HoldRetried_GivesTheFirstAnswerWhateverElseTheRetryCarries()
    {
        Open(money: 10_000, pieces: 5);
        var first = Hold(1).Event;

        var retry = Book.DecideHold(Command(1) with { Day = Today.PlusDays(1), ExpiresAt = null }, Start);

        retry.Replayed.ShouldBeTrue();
        retry.Event.ShouldBe(first);
        Confirm(1);
        Book.DecideHold(Command(1), Start).Event.ShouldBe(first);
    }

    [Fact]
    public void SameOrderWithAnotherBody_IsKeyReusedInEveryState()
    {
        Open(money: 100_000, pieces: 50);
        foreach (var order in (int[])[1, 2, 3, 4])
            Hold(order);
        Confirm(2);
        Release(3);
        _journal.Expire(Start + Duration.FromMinutes(15));

        foreach (var order in (int[])[1, 2, 3, 4])
        {
            Book.DecideHold(Command(order) with { BodyHash = 99 }, Start + Duration.FromHours(1))
                .Refusal.ShouldBe(Refusal.KeyReused);
        }
    }

    [Fact]
    public void StockOfTheDayGone_IsExhaustedUntilTheNextDay()
    {
        Open(money: 100_000, pieces: 50, perDay: 2);
        Hold(1);
        Hold(2);

        var third = Hold(3);

        (third.Refusal, third.Detail).ShouldBe((Refusal.Exhausted, "stockPerDay"));
        Hold(4, Today.PlusDays(1)).Accepted.ShouldBeTrue();
        Release(1);
        Hold(3).Accepted.ShouldBeTrue();
        Book.TakenOn(Today).ShouldBe(2);
    }

    [Fact]
    public void TotalStockGone_IsExhausted()
    {
        Open(money: 100_000, pieces: 1);
        Hold(1);

        (Hold(2).Refusal, Hold(2).Detail).ShouldBe((Refusal.Exhausted, "stock"));
    }

    [Fact]
    public void MoneyGone_IsBudgetExhausted()
    {
        Open(money: 3_999, pieces: 5);
        Hold(1);

        Hold(2).Refusal.ShouldBe(Refusal.BudgetExhausted);
    }

    [Fact]
    public void NothingIsLimited_MintsWhatIsHeldAndUnmintsWhatComesBack()
    {
        _journal.Commit(Book.DecideOpen(StockJournal.Discounts(money: false, pieces: false)));
        for (var order = 1; order <= 3; order++)
            Hold(order);
        Confirm(1);
        Release(2);

        Book.Money.ShouldBe(new StockAccount(4_000, 0, 2_000, 2_000, 0));
        ShouldBalance();
        _journal.Commit(Book.DecideClose(Start));
        Release(3);
        Book.Money.ShouldBe(new StockAccount(2_000, 0, 0, 2_000, 0));
        ShouldBalance();
    }

    [Fact]
    public void UnlimitedMoneyAtTheEndOfTheIntegers_IsBudgetExhaustedNotAnError()
    {
        _journal.Commit(Book.DecideOpen(StockJournal.Discounts(money: false, pieces: false)));
        _journal.Commit(Book.DecideHold(Command(1) with { Amount = long.MaxValue }, Start));

        Hold(2).Refusal.ShouldBe(Refusal.BudgetExhausted);
    }

    [Fact]
    public void ExpiryIsDue_DecisionsWaitUntilItIsApplied()
    {
        Open(money: 10_000, pieces: 5);
        Hold(1);
        var later = Start + Duration.FromMinutes(15);
        Book.NextExpiry.ShouldBe(later);
        Book.Due(later - Duration.FromMilliseconds(1)).ShouldBeEmpty();

        Should.Throw<InvalidOperationException>(() => Book.DecideConfirm(new ConfirmHold(Order(1), "p", 8_000), later));
        _journal.Expire(later);

        Book.NextExpiry.ShouldBeNull();
        Book.DecideConfirm(new ConfirmHold(Order(1), "p", 8_000), later).Refusal.ShouldBe(Refusal.Expired);
        Book.DecideRelease(Order(1), later).Refusal.ShouldBe(Refusal.Expired);
        Book.DecideHold(Command(1), later).Refusal.ShouldBe(Refusal.Expired);
        Book.Money.ShouldBe(new StockAccount(10_000, 10_000, 0, 0, 0));
    }

    [Fact]
    public void SeveralHoldsAreDue_ExpireInTheOrderOfTheirTimesThenOfTheirReservations()
    {
        Open(money: 100_000, pieces: 50);
        foreach (var (order, minutes) in ((int, int)[])[(1, 9), (2, 3), (3, 9), (4, 1), (5, 30)])
            _journal.Commit(Book.DecideHold(
                Command(order) with { ExpiresAt = Start + Duration.FromMinutes(minutes) }, Start));

        Book.Due(Start + Duration.FromMinutes(10)).Select(due => due.Order)
            .ShouldBe([Order(4), Order(2), Order(1), Order(3)]);
    }

    [Fact]
    public void ExpiryFinerThanMilliseconds_IsCutOffInTheAnswerToo()
    {
        Open(money: 10_000, pieces: 5);
        var fine = Start + Duration.FromNanoseconds(1_999_999);

        var held = _journal.Commit(Book.DecideHold(Command(1) with { ExpiresAt = fine }, Start));

        held.Event!.ExpiresAt.ShouldBe(Start + Duration.FromMilliseconds(1));
        Book.Find(Order(1))!.ExpiresAt.ShouldBe(held.Event.ExpiresAt);
    }

    [Fact]
    public void ConfirmWithAnotherAmountThanReserved_IsInvalidAndChangesNothing()
    {
        Open(money: 10_000, pieces: 5);
        Hold(1);

        var wrong = _journal.Commit(Book.DecideConfirm(new ConfirmHold(Order(1), "p", 7_999), Start));

        (wrong.Refusal, wrong.Detail).ShouldBe((Refusal.Invalid, "$.paid must be 8000"));
        Confirm(1).Accepted.ShouldBeTrue();
        Book.DecideConfirm(new ConfirmHold(Order(1), "pay-1", 7_999), Start).Refusal.ShouldBe(Refusal.KeyReused);
        Book.DecideConfirm(new ConfirmHold(Order(1), "pay-2", 8_000), Start).Refusal.ShouldBe(Refusal.KeyReused);
        Confirm(1).Replayed.ShouldBeTrue();
    }

    [Fact]
    public void RefundInParts_ReturnsTheShareRoundedDownAndAllOfItWithTheLastPart()
    {
        Open(money: 10_000, pieces: 5, perDay: 1);
        _journal.Commit(Book.DecideHold(Command(1) with { Amount = 100, Payment = 299 }, Start));
        _journal.Commit(Book.DecideConfirm(new ConfirmHold(Order(1), "p", 299), Start));

        Return(1, "a", 2).Event!.Value.ShouldBe(0);
        Return(1, "b", 1).Event!.Value.ShouldBe(1);
        Return(1, "c", 150).Event!.Value.ShouldBe(50);
        (Book.Find(Order(1))!.Refunded, Book.Find(Order(1))!.Returned).ShouldBe((153, 51));
        Return(1, "d", 147).Refusal.ShouldBe(Refusal.Invalid);
        Hold(2).Refusal.ShouldBe(Refusal.Exhausted);
        Return(1, "e", 146).Event.ShouldBe(new StockReturned(Order(1), "e", 146, 49, true));

        Book.Find(Order(1))!.State.ShouldBe(HoldState.Returned);
        Book.Money.ShouldBe(new StockAccount(10_000, 10_000, 0, 0, 0));
        Book.Pieces.ShouldBe(new StockAccount(5, 5, 0, 0, 0));
        Hold(2).Accepted.ShouldBeTrue();
        ShouldBalance();
    }

    [Fact]
    public void RefundRetried_GivesTheFirstAnswerAndAnotherAmountIsKeyReused()
    {
        Open(money: 10_000, pieces: 5);
        Hold(1);
        Confirm(1);
        var first = Return(1, "a", 4_000).Event;
        Return(1, "b", 4_000);

        Return(1, "a", 4_000).Event.ShouldBe(first);
        Return(1, "a", 4_000).Replayed.ShouldBeTrue();
        Return(1, "a", 4_001).Refusal.ShouldBe(Refusal.KeyReused);
        Return(1, "c", 1).Refusal.ShouldBe(Refusal.Invalid);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(8_001)]
    [InlineData(long.MaxValue)]
    public void RefundOfNothingOrOfMoreThanWasPaid_IsInvalid(long amount)
    {
        Open(money: 10_000, pieces: 5);
        Hold(1);
        Confirm(1);

        var refused = Return(1, "a", amount);

        (refused.Refusal, refused.Detail).ShouldBe((Refusal.Invalid, "$.amount must be from 1 to 8000"));
    }

    [Fact]
    public void OrderThatCostNothing_IsGivenBackWholeByARefundOfNothing()
    {
        Open(money: 10_000, pieces: 5);
        _journal.Commit(Book.DecideHold(Command(1) with { Payment = 0 }, Start));
        _journal.Commit(Book.DecideConfirm(new ConfirmHold(Order(1), "p", 0), Start));
        Return(1, "a", 1).Refusal.ShouldBe(Refusal.Invalid);

        Return(1, "a", 0).Event.ShouldBe(new StockReturned(Order(1), "a", 0, 2_000, true));

        Return(1, "b", 0).Refusal.ShouldBe(Refusal.Invalid);
        Book.Find(Order(1))!.Returned.ShouldBe(2_000);
        ShouldBalance();
    }

    [Fact]
    public void OrdersThatComeToNothing_CreditTheirUsersWithTheQuotaOfTheirDay()
    {
        Open(money: 100_000, pieces: 50);
        foreach (var order in (int[])[1, 2, 3, 4])
            Hold(order, Today.PlusDays(order));
        Release(1);
        Confirm(3);
        Return(3, "half", 4_000);
        Return(3, "rest", 4_000);
        Confirm(4);
        _journal.Expire(Start + Duration.FromHours(1));

        _journal.Quotas.ShouldBe([
            (User(1), new QuotaRestored(Order(1), Today.PlusDays(1), QuotaReason.Cancelled)),
            (User(3), new QuotaRestored(Order(3), Today.PlusDays(3), QuotaReason.Refunded)),
            (User(2), new QuotaRestored(Order(2), Today.PlusDays(2), QuotaReason.Expired)),
        ]);
    }

    [Fact]
    public void Closed_RefundsTheRestOnceAndForwardsWhatComesBackLater()
    {
        Open(money: 10_000, pieces: 5);
        foreach (var order in (int[])[1, 2, 3])
            Hold(order);
        Confirm(1);

        _journal.Commit(Book.DecideClose(Start)).Event.ShouldBe(new StockClosed(4_000, 2));
        Book.DecideClose(Start).Replayed.ShouldBeTrue();
        Hold(4).Refusal.ShouldBe(Refusal.Ended);
        Book.DecideHold(Command(2), Start).Replayed.ShouldBeTrue();
        Release(2);
        Confirm(3).Accepted.ShouldBeTrue();
        Return(1, "a", 8_000).Accepted.ShouldBeTrue();

        Book.Money.ShouldBe(new StockAccount(10_000, 0, 0, 2_000, 8_000));
        Book.Pieces.ShouldBe(new StockAccount(5, 0, 0, 1, 4));
        _journal.Balance(StockJournal.CampaignName, Units.Discount).ShouldBe(-2_000);
        ShouldBalance();
    }

    [Fact]
    public void FundingThatReachesAClosedStock_GoesBackOnce()
    {
        Open(money: 10_000, pieces: 5);
        _journal.Commit(Book.DecideClose(Start));

        _journal.Fund(2, 500, 1).Event.ShouldBe(new StockRefunded(2, 500, 1));

        _journal.Fund(2, 500, 1).Replayed.ShouldBeTrue();
        Book.Money.ShouldBe(new StockAccount(10_500, 0, 0, 0, 10_500));
        ShouldBalance();
    }

    [Fact]
    public void FundingMetTwice_CountsOnceAndTheDailyBoundMayRise()
    {
        Open(money: 2_000, pieces: 1, perDay: 1);
        Hold(1);

        _journal.Fund(7, 2_000, 1, perDay: 2).Accepted.ShouldBeTrue();
        _journal.Fund(7, 2_000, 1, perDay: 2).Replayed.ShouldBeTrue();

        Book.Money.Funded.ShouldBe(4_000);
        Hold(2).Accepted.ShouldBeTrue();
        Hold(3).Detail.ShouldBe("stockPerDay");
    }

    [Fact]
    public void CashMeter_PaysTheUserAndKnowsNoQuota()
    {
        _journal.Open(StockJournal.CashMeter(), 1_000, 0);
        var operation = new HoldOrder
        {
            Order = Order(1), User = User(1), Amount = 88, Pieces = 0, Day = Today, BodyHash = 1,
        };
        _journal.Commit(Book.DecideHold(operation, Start));
        _journal.Commit(Book.DecideHold(operation with { Order = Order(2), Amount = 900 }, Start));
        Book.NextExpiry.ShouldBeNull();
        Book.DecideHold(operation with { Order = Order(3), Amount = 13 }, Start)
            .Refusal.ShouldBe(Refusal.BudgetExhausted);

        _journal.Commit(Book.DecideConfirm(new ConfirmHold(Order(1), "check-in", 0), Start));
        Release(2);

        _journal.Balance("user/user-1", Units.Cash).ShouldBe(88);
        Book.Money.ShouldBe(new StockAccount(1_000, 912, 0, 88, 0));
        _journal.Quotas.ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(() => Return(1, "a", 88));
    }

    [Fact]
    public void StockOfPiecesAlone_MovesPieces()
    {
        var terms = StockJournal.Discounts() with { Unit = null, MoneyLimited = false };
        _journal.Open(terms, 0, 3);
        foreach (var order in (int[])[1, 2, 3])
            _journal.Commit(Book.DecideHold(Command(order) with { Amount = 0 }, Start)).Accepted.ShouldBeTrue();
        Confirm(1);
        Confirm(2);
        Return(2, "a", 8_000);

        _journal.Balance("pool/ny2027/spend/0/merchant/shop-1", Units.Pieces).ShouldBe(1);
        Book.Pieces.ShouldBe(new StockAccount(3, 1, 1, 1, 0));
        ShouldBalance();
    }

    [Fact]
    public void UnknownOrder_IsNotFound()
    {
        Open(money: 10_000, pieces: 5);

        Confirm(1).Refusal.ShouldBe(Refusal.NotFound);
        Release(1).Refusal.ShouldBe(Refusal.NotFound);
        Return(1, "a", 1).Refusal.ShouldBe(Refusal.NotFound);
        Book.Find(Order(1)).ShouldBeNull();
    }

    [Fact]
    public void EventThatCannotBe_Throws()
    {
        Open(money: 3_000, pieces: 5);
        Hold(1);
        Confirm(1);

        Should.Throw<InvalidOperationException>(() => Book.Apply(new StockReleased(Order(1))));
        Should.Throw<InvalidOperationException>(() => Book.Apply(new StockConfirmed(Order(2), "p")));
        Should.Throw<InvalidOperationException>(() => Book.Apply(new StockReturned(Order(2), "r", 1, 1, false)));
        Should.Throw<InvalidOperationException>(() => Book.Apply(new StockClosed(1_001, 4)));
        Should.Throw<InvalidOperationException>(() => Book.Apply(new StockOpened(StockJournal.Discounts())));
    }

    private static StreamId Order(int number) => StockJournal.Order(number);

    private static StreamId User(int number) => StockJournal.User(number);

    private static HoldOrder Command(int order) => new()
    {
        Order = Order(order),
        User = User(order),
        Merchant = "shop-1",
        Amount = 2_000,
        Payment = 8_000,
        Day = Today,
        ExpiresAt = Start + Duration.FromMinutes(15),
        BodyHash = (ulong)order,
    };

    private void Open(long money, long pieces, int? perDay = null) =>
        _journal.Open(StockJournal.Discounts(perDay), money, pieces);

    private Decision<StockHeld> Hold(int order, LocalDate? day = null) =>
        _journal.Commit(Book.DecideHold(Command(order) with { Day = day ?? Today }, Start));

    private Decision<StockConfirmed> Confirm(int order) =>
        _journal.Commit(Book.DecideConfirm(new ConfirmHold(Order(order), $"pay-{order}", 8_000), Start));

    private Decision<StockReleased> Release(int order) => _journal.Commit(Book.DecideRelease(Order(order), Start));

    private Decision<StockReturned> Return(int order, string refundId, long amount) =>
        _journal.Commit(Book.DecideReturn(new ReturnPayment(Order(order), refundId, amount), Start));

    private void ShouldBalance() => _journal.ShouldBalance(["shop-1"]);
}
