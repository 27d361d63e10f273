using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Stocks;

/// <summary>Asks a stock to reserve for an order.</summary>
public sealed record HoldOrder
{
    /// <summary>Names the order among all orders; a second call with the same name is a retry.</summary>
    public required StreamId Order { get; init; }

    public required StreamId User { get; init; }

    /// <summary>Empty where the stock pays the user.</summary>
    public string Merchant { get; init; } = "";

    /// <summary>Minor units to reserve.</summary>
    public required long Amount { get; init; }

    /// <summary>What the user will pay, minor units; confirmation must name the same. A cash meter gives 0.</summary>
    public long Payment { get; init; }

    public int Pieces { get; init; } = 1;

    /// <summary>The business day whose stock the order uses.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>Null: stands until it is confirmed or released. Finer parts than milliseconds are cut off.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>Hash of the request.</summary>
    public required ulong BodyHash { get; init; }
}

/// <summary>
/// The order was paid: <paramref name="Paid"/> minor units, by the partner's <paramref name="PaymentId"/>.
/// </summary>
public sealed record ConfirmHold(StreamId Order, string PaymentId, long Paid);

/// <summary>
/// The refund <paramref name="RefundId"/> gave back <paramref name="Amount"/> minor units of the payment. An order
/// that cost nothing is given back by an amount of 0.
/// </summary>
public sealed record ReturnPayment(StreamId Order, string RefundId, long Amount);

/// <summary>
/// The campaign's entry <paramref name="FundingVersion"/> gave the stock money or pieces, or another daily bound
/// (null: as before).
/// </summary>
public sealed record FundStock(long FundingVersion, long Money, long Pieces, int? PiecesPerDay = null);
