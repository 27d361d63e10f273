using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Tests.Stocks;

public sealed class StockLifeTests : StockCalls
{
    [Fact]
    public void NothingIsLimited_MintsWhatIsHeldAndUnmintsWhatComesBack()
    {
        Journal.Commit(Book.DecideOpen(StockJournal.Discounts(money: false, pieces: false)));
        for (var order = 1; order <= 3; order++)
            Hold(order);
        Confirm(1);
        Release(2);

        Book.Money.ShouldBe(new StockAccount(4_000, 0, 2_000, 2_000, 0));
        ShouldBalance();
        Journal.Commit(Book.DecideClose(Start));
        Release(3);
        Book.Money.ShouldBe(new StockAccount(2_000, 0, 0, 2_000, 0));
        ShouldBalance();
    }

    [Fact]
    public void UnlimitedMoneyAtTheEndOfTheIntegers_IsBudgetExhaustedNotAnError()
    {
        Journal.Commit(Book.DecideOpen(StockJournal.Discounts(money: false, pieces: false)));
        Journal.Commit(Book.DecideHold(Command(1) with { Amount = long.MaxValue }, Start));

        Hold(2).Refusal.ShouldBe(Refusal.BudgetExhausted);
    }

    [Fact]
    public void Closed_RefundsTheRestOnceAndForwardsWhatComesBackLater()
    {
        Open(money: 10_000, pieces: 5);
        foreach (var order in (int[])[1, 2, 3])
            Hold(order);
        Confirm(1);

        Journal.Commit(Book.DecideClose(Start)).Event.ShouldBe(new StockClosed(4_000, 2));
        Book.DecideClose(Start).Replayed.ShouldBeTrue();
        Hold(4).Refusal.ShouldBe(Refusal.Ended);
        Book.DecideHold(Command(2), Start).Replayed.ShouldBeTrue();
        Release(2);
        Confirm(3).Accepted.ShouldBeTrue();
        Return(1, "a", 8_000).Accepted.ShouldBeTrue();

        Book.Money.ShouldBe(new StockAccount(10_000, 0, 0, 2_000, 8_000));
        Book.Pieces.ShouldBe(new StockAccount(5, 0, 0, 1, 4));
        Journal.Balance(StockJournal.CampaignName, Units.Discount).ShouldBe(-2_000);
        ShouldBalance();
    }

    [Fact]
    public void FundingThatReachesAClosedStock_GoesBackOnce()
    {
        Open(money: 10_000, pieces: 5);
        Journal.Commit(Book.DecideClose(Start));

        Journal.Fund(2, 500, 1).Event.ShouldBe(new StockRefunded(2, 500, 1));

        Journal.Fund(2, 500, 1).Replayed.ShouldBeTrue();
        Book.Money.ShouldBe(new StockAccount(10_500, 0, 0, 0, 10_500));
        ShouldBalance();
    }

    [Fact]
    public void FundingMetTwice_CountsOnceAndTheDailyBoundMayRise()
    {
        Open(money: 2_000, pieces: 1, perDay: 1);
        Hold(1);

        Journal.Fund(7, 2_000, 1, perDay: 2).Accepted.ShouldBeTrue();
        Journal.Fund(7, 2_000, 1, perDay: 2).Replayed.ShouldBeTrue();

        Book.Money.Funded.ShouldBe(4_000);
        Hold(2).Accepted.ShouldBeTrue();
        Hold(3).Detail.ShouldBe("stockPerDay");
    }

    [Fact]
    public void CashMeter_PaysTheUserAndKnowsNoQuota()
    {
        Journal.Open(StockJournal.CashMeter(), 1_000, 0);
        var operation = new HoldOrder
        {
            Order = Order(1), User = User(1), Amount = 88, Pieces = 0, Day = Today, BodyHash = 1,
        };
        Journal.Commit(Book.DecideHold(operation, Start));
        Journal.Commit(Book.DecideHold(operation with { Order = Order(2), Amount = 900 }, Start));
        Book.NextExpiry.ShouldBeNull();
        Book.DecideHold(operation with { Order = Order(3), Amount = 13 }, Start)
            .Refusal.ShouldBe(Refusal.BudgetExhausted);

        Journal.Commit(Book.DecideConfirm(new ConfirmHold(Order(1), "check-in", 0), Start));
        Release(2);

        Journal.Balance("user/user-1", Units.Cash).ShouldBe(88);
        Book.Money.ShouldBe(new StockAccount(1_000, 912, 0, 88, 0));
        Journal.Quotas.ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(() => Return(1, "a", 88));
    }

    [Fact]
    public void StockOfPiecesAlone_MovesPieces()
    {
        var terms = StockJournal.Discounts() with { Unit = null, MoneyLimited = false };
        Journal.Open(terms, 0, 3);
        foreach (var order in (int[])[1, 2, 3])
            Journal.Commit(Book.DecideHold(Command(order) with { Amount = 0 }, Start)).Accepted.ShouldBeTrue();
        Confirm(1);
        Confirm(2);
        Return(2, "a", 8_000);

        Journal.Balance("pool/ny2027/spend/0/merchant/shop-1", Units.Pieces).ShouldBe(1);
        Book.Pieces.ShouldBe(new StockAccount(3, 1, 1, 1, 0));
        ShouldBalance();
    }
}
