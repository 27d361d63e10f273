using Campaigns.Domain.Stocks;
using NodaTime;

namespace Campaigns.Domain.Tests.Stocks;

public sealed class StockSnapshotTests
{
    private const int Segment = 4_096;
    private static readonly Instant Start = Instant.FromUtc(2027, 2, 5, 12, 0);
    private readonly StockJournal _journal = new();

    public StockSnapshotTests() => _journal.Open(StockJournal.Discounts(), 1_000_000, 100_000);

    private HoldBook Book => _journal.Book;

    [Fact]
    public void NothingHappened_ReloadsAsNothing()
    {
        var book = HoldBook.Read(new HoldBook().WriteState(), []);

        (book.IsOpen, book.IsClosed).ShouldBe((false, false));
    }

    [Fact]
    public void SegmentIsFrozen_OnceItIsFullAndNoOrderOfItIsHeld()
    {
        Hold(0, Segment);
        Book.FrozenSegments().ShouldBe(0);
        Confirm(1, Segment);
        Book.FrozenSegments().ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => Book.WriteSegment(0));

        _journal.Commit(Book.DecideRelease(StockJournal.Order(0), Start));

        Book.FrozenSegments().ShouldBe(1);
    }

    [Fact]
    public void RefundAfterFreezing_LeavesTheSegmentsBytesAndIsInTheState()
    {
        Hold(0, Segment + 3);
        Confirm(0, Segment + 1);
        var segment = Book.WriteSegment(0);
        _journal.Commit(Book.DecideReturn(new ReturnPayment(StockJournal.Order(5), "part", 30), Start));
        _journal.Commit(Book.DecideReturn(new ReturnPayment(StockJournal.Order(5), "rest", 60), Start));
        _journal.Commit(Book.DecideReturn(new ReturnPayment(StockJournal.Order(6), "part", 30), Start));

        Book.WriteSegment(0).ShouldBe(segment);
        _journal.Replay().WriteSegment(0).ShouldBe(segment);
        foreach (var other in (HoldBook[])[_journal.Reload(), _journal.Replay()])
        {
            for (var order = 0; order < Segment + 3; order++)
                other.Find(StockJournal.Order(order)).ShouldBe(Book.Find(StockJournal.Order(order)));
            other.Money.ShouldBe(Book.Money);
            other.Pieces.ShouldBe(Book.Pieces);
            other.TakenOn(Start.InUtc().Date).ShouldBe(Segment + 2);
            other.DecideReturn(new ReturnPayment(StockJournal.Order(6), "part", 30), Start).Replayed.ShouldBeTrue();
            other.DecideConfirm(new ConfirmHold(StockJournal.Order(5), "pay", 90), Start).Replayed.ShouldBeTrue();
        }
    }

    [Fact]
    public void SnapshotTogetherWithLaterSegments_RestsOnItsOwnOnly()
    {
        Hold(0, Segment);
        var state = Book.WriteState();
        Confirm(0, Segment);

        var early = HoldBook.Read(state, [Book.WriteSegment(0)]);

        early.Find(StockJournal.Order(9))!.State.ShouldBe(HoldState.Held);
        early.Pieces.Held.ShouldBe(Segment);
        early.NextExpiry.ShouldBe(Start + Duration.FromHours(1));
    }

    private void Hold(int from, int until)
    {
        for (var order = from; order < until; order++)
        {
            _journal.Commit(Book.DecideHold(
                new HoldOrder
                {
                    Order = StockJournal.Order(order),
                    User = StockJournal.User(order),
                    Merchant = $"shop-{order % 3}",
                    Amount = 10,
                    Payment = 90,
                    Day = Start.InUtc().Date,
                    ExpiresAt = Start + Duration.FromHours(1),
                    BodyHash = 1,
                },
                Start)).Accepted.ShouldBeTrue();
        }
    }

    private void Confirm(int from, int until)
    {
        for (var order = from; order < until; order++)
            _journal.Commit(Book.DecideConfirm(new ConfirmHold(StockJournal.Order(order), "pay", 90), Start));
    }
}
