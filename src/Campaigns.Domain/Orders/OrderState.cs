using Campaigns.Domain.Stocks;
using NodaTime;

namespace Campaigns.Domain.Orders;

/// <summary>What a partner is told of an order.</summary>
public enum OrderState
{
    /// <summary>Never valid.</summary>
    None = 0,
    Reserved,

    /// <summary>Paid; also after refunds of a part.</summary>
    Confirmed,
    Cancelled,
    Expired,

    /// <summary>The whole payment was given back.</summary>
    Refunded,
}

/// <summary>
/// An order as it is now. Amounts in minor units; all 0 where it was cancelled before it was reserved.
/// </summary>
/// <param name="Off">What was taken off the payment.</param>
/// <param name="Pay">What the user pays.</param>
/// <param name="ExpiresAt">When a reservation without confirmation ends.</param>
/// <param name="Refunded">The part of the payment given back.</param>
/// <param name="Returned">The part of the discount that came back with it.</param>
public sealed record OrderView(
    OrderState State, long Off, long Pay, Instant? ExpiresAt, long Refunded, long Returned)
{
    public static OrderState StateOf(HoldState hold) => hold switch
    {
        HoldState.Held => OrderState.Reserved,
        HoldState.Confirmed => OrderState.Confirmed,
        HoldState.Released => OrderState.Cancelled,
        HoldState.Expired => OrderState.Expired,
        HoldState.Returned => OrderState.Refunded,
        _ => throw new ArgumentOutOfRangeException(nameof(hold), hold, "A hold without state."),
    };
}
