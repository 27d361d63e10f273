using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Stocks;

/// <summary>Reserved for an order: stock to stock's held account, <see cref="Amount"/>.</summary>
public sealed record StockHeld : StockEvent
{
    public override EntryKind Kind => EntryKind.StockHeld;

    /// <summary>Hash of the request; the same order with another one is refused.</summary>
    public required ulong BodyHash { get; init; }

    /// <summary>
    /// Names the order among all orders: the stream of a partner's order, or a hash of an operation's id.
    /// </summary>
    public required StreamId Order { get; init; }

    public required StreamId User { get; init; }

    /// <summary>Whose granted account is credited on confirmation; empty where the user is paid.</summary>
    public required string Merchant { get; init; }

    /// <summary>Minor units reserved.</summary>
    public required long Amount { get; init; }

    /// <summary>What the user pays, minor units; refunds are parts of it.</summary>
    public required long Payment { get; init; }

    public required int Pieces { get; init; }

    /// <summary>The business day whose stock and quota the order uses.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>Whole milliseconds; null: stands until it is confirmed or released.</summary>
    public required Instant? ExpiresAt { get; init; }

    public override void Write(PayloadWriter writer)
    {
        writer.Fixed64(BodyHash).Fixed128(Order.Value).Fixed128(User.Value).Text(Merchant);
        writer.Signed(Amount).Signed(Payment).Signed(Pieces).Date(Day).OptionalTime(ExpiresAt);
    }

    public static StockHeld Read(ref PayloadReader reader) => new()
    {
        BodyHash = reader.Fixed64(),
        Order = new StreamId(reader.Fixed128()),
        User = new StreamId(reader.Fixed128()),
        Merchant = reader.Text(),
        Amount = reader.Signed(),
        Payment = reader.Signed(),
        Pieces = reader.Int32(),
        Day = reader.Date(),
        ExpiresAt = reader.OptionalTime(),
    };
}

/// <summary>
/// Issued: held account to the merchant's granted account, or to the user's account; the amount held.
/// </summary>
public sealed record StockConfirmed(StreamId Order, string PaymentId) : StockEvent
{
    public override EntryKind Kind => EntryKind.StockConfirmed;

    public override void Write(PayloadWriter writer) => writer.Fixed128(Order.Value).Text(PaymentId);

    public static StockConfirmed Read(ref PayloadReader reader) => new(new StreamId(reader.Fixed128()), reader.Text());
}

/// <summary>Cancelled: held account back to the stock (to the campaign once closed); the amount held.</summary>
public sealed record StockReleased(StreamId Order) : StockEvent
{
    public override EntryKind Kind => EntryKind.StockReleased;

    public override void Write(PayloadWriter writer) => writer.Fixed128(Order.Value);

    public static StockReleased Read(ref PayloadReader reader) => new(new StreamId(reader.Fixed128()));
}

/// <summary>
/// Not confirmed in time: held account back to the stock (to the campaign once closed); the amount held.
/// </summary>
public sealed record StockExpired(StreamId Order) : StockEvent
{
    public override EntryKind Kind => EntryKind.StockExpired;

    public override void Write(PayloadWriter writer) => writer.Fixed128(Order.Value);

    public static StockExpired Read(ref PayloadReader reader) => new(new StreamId(reader.Fixed128()));
}

/// <summary>
/// A payment was given back, wholly or in part: the merchant's granted account to the stock (to the campaign once
/// closed), <paramref name="Value"/>. No transfer where a small part rounds down to nothing.
/// </summary>
/// <param name="Order">The confirmed order.</param>
/// <param name="RefundId">The partner's id of this refund; each counts once per order.</param>
/// <param name="Amount">The part of the payment given back, minor units.</param>
/// <param name="Value">The part of the grant that comes back with it, minor units, see
/// <see cref="RefundShare"/>.</param>
/// <param name="Last">The whole payment is back: the order's pieces and the user's quota come back, too.</param>
public sealed record StockReturned(StreamId Order, string RefundId, long Amount, long Value, bool Last) : StockEvent
{
    public override EntryKind Kind => EntryKind.StockReturned;

    public override void Write(PayloadWriter writer) =>
        writer.Fixed128(Order.Value).Text(RefundId).Signed(Amount).Signed(Value).Flag(Last);

    public static StockReturned Read(ref PayloadReader reader) => new(
        new StreamId(reader.Fixed128()), reader.Text(), reader.Signed(), reader.Signed(), reader.Flag());
}
