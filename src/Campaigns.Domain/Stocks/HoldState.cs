using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Stocks;

/// <summary>What has become of an order in its stock.</summary>
public enum HoldState : byte
{
    /// <summary>Never valid.</summary>
    None = 0,
    Held,
    Confirmed,
    Released,
    Expired,

    /// <summary>Confirmed, then given back whole.</summary>
    Returned,
}

/// <summary>One order as its stock knows it.</summary>
/// <param name="Amount">Minor units held or granted.</param>
/// <param name="Payment">What the user pays, minor units.</param>
/// <param name="Refunded">The part of the payment given back so far, minor units.</param>
/// <param name="Returned">The part of the grant that came back with it, minor units.</param>
public sealed record HoldView(
    HoldState State,
    StreamId User,
    string Merchant,
    long Amount,
    long Payment,
    int Pieces,
    LocalDate Day,
    Instant? ExpiresAt,
    long Refunded,
    long Returned);
