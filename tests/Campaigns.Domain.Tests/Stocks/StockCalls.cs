using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.Stocks;

/// <summary>One stock on one day, and the calls that most tests make of it.</summary>
public abstract class StockCalls
{
    private protected static readonly Instant Start = Instant.FromUtc(2027, 2, 5, 12, 0);
    private protected static readonly LocalDate Today = new(2027, 2, 5);
    private protected StockJournal Journal { get; } = new();

    private protected HoldBook Book => Journal.Book;

    private protected static StreamId Order(int number) => StockJournal.Order(number);

    private protected static StreamId User(int number) => StockJournal.User(number);

    private protected static HoldOrder Command(int order) => new()
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

    private protected void Open(long money, long pieces, int? perDay = null) =>
        Journal.Open(StockJournal.Discounts(perDay), money, pieces);

    private protected Decision<StockHeld> Hold(int order, LocalDate? day = null) =>
        Journal.Commit(Book.DecideHold(Command(order) with { Day = day ?? Today }, Start));

    private protected Decision<StockConfirmed> Confirm(int order) =>
        Journal.Commit(Book.DecideConfirm(new ConfirmHold(Order(order), $"pay-{order}", 8_000), Start));

    private protected Decision<StockReleased> Release(int order) =>
        Journal.Commit(Book.DecideRelease(Order(order), Start));

    private protected Decision<StockReturned> Return(int order, string refundId, long amount) =>
        Journal.Commit(Book.DecideReturn(new ReturnPayment(Order(order), refundId, amount), Start));

    private protected void ShouldBalance() => Journal.ShouldBalance(["shop-1"]);
}
