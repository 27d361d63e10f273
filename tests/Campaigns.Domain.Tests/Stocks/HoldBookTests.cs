using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.Stocks;

public sealed class HoldBookTests : StockCalls
{
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
        Journal.Balance("pool/ny2027/spend/0/merchant/shop-1", Units.Discount).ShouldBe(2_000);
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
        Journal.Expire(Start + Duration.FromMinutes(15));

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
    public void ExpiryIsDue_DecisionsWaitUntilItIsApplied()
    {
        Open(money: 10_000, pieces: 5);
        Hold(1);
        var later = Start + Duration.FromMinutes(15);
        Book.NextExpiry.ShouldBe(later);
        Book.Due(later - Duration.FromMilliseconds(1)).ShouldBeEmpty();

        Should.Throw<InvalidOperationException>(() => Book.DecideConfirm(new ConfirmHold(Order(1), "p", 8_000), later));
        Journal.Expire(later);

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
            Journal.Commit(Book.DecideHold(
                Command(order) with { ExpiresAt = Start + Duration.FromMinutes(minutes) }, Start));

        Book.Due(Start + Duration.FromMinutes(10)).Select(due => due.Order)
            .ShouldBe([Order(4), Order(2), Order(1), Order(3)]);
    }

    [Fact]
    public void MoreIsDueThanOneCommitTakes_ExpiresInPartsAndDecidesAfterTheLast()
    {
        Open(money: 100_000, pieces: 3);
        foreach (var order in (int[])[1, 2, 3])
            Hold(order);
        var later = Start + Duration.FromMinutes(15);
        Book.HasDue(later - Duration.FromMilliseconds(1)).ShouldBeFalse();

        for (var part = 0; part < 3; part++)
        {
            Book.HasDue(later).ShouldBeTrue();
            Should.Throw<InvalidOperationException>(() => Book.DecideHold(Command(4), later));
            Journal.Commit(Book.Due(later, limit: 1).ShouldHaveSingleItem());
        }

        Book.HasDue(later).ShouldBeFalse();
        Book.DecideHold(Command(4), later).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void ExpiryFinerThanMilliseconds_IsCutOffInTheAnswerToo()
    {
        Open(money: 10_000, pieces: 5);
        var fine = Start + Duration.FromNanoseconds(1_999_999);

        var held = Journal.Commit(Book.DecideHold(Command(1) with { ExpiresAt = fine }, Start));

        held.Event!.ExpiresAt.ShouldBe(Start + Duration.FromMilliseconds(1));
        Book.Find(Order(1))!.ExpiresAt.ShouldBe(held.Event.ExpiresAt);
    }

    [Fact]
    public void ConfirmWithAnotherAmountThanReserved_IsInvalidAndChangesNothing()
    {
        Open(money: 10_000, pieces: 5);
        Hold(1);

        var wrong = Journal.Commit(Book.DecideConfirm(new ConfirmHold(Order(1), "p", 7_999), Start));

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
        Journal.Commit(Book.DecideHold(Command(1) with { Amount = 100, Payment = 299 }, Start));
        Journal.Commit(Book.DecideConfirm(new ConfirmHold(Order(1), "p", 299), Start));

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
        Journal.Commit(Book.DecideHold(Command(1) with { Payment = 0 }, Start));
        Journal.Commit(Book.DecideConfirm(new ConfirmHold(Order(1), "p", 0), Start));
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
        Journal.Expire(Start + Duration.FromHours(1));

        Journal.Quotas.ShouldBe([
            (User(1), new QuotaRestored(Order(1), Today.PlusDays(1), QuotaReason.Cancelled)),
            (User(3), new QuotaRestored(Order(3), Today.PlusDays(3), QuotaReason.Refunded)),
            (User(2), new QuotaRestored(Order(2), Today.PlusDays(2), QuotaReason.Expired)),
        ]);
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
}
