namespace Campaigns.Contracts;

/// <summary>A partner's discount order from reservation to refund; key partner/order.</summary>
[Alias(TypeAliases.OrderGrain)]
public interface IOrderGrain : IGrainWithStringKey
{
    [Alias("Reserve"), Repeatable]
    Task<OrderReply> Reserve(ReserveCommand command);

    /// <summary>Confirms; after expiry the outcome is Expired.</summary>
    [Alias("Confirm"), Repeatable]
    Task<OrderReply> Confirm(ConfirmCommand command);

    /// <summary>Cancels; an order that was never seen becomes a tombstone, so that a late reserve is refused.</summary>
    [Alias("Cancel"), Repeatable]
    Task<OrderReply> Cancel();

    [Alias("Refund"), Repeatable]
    Task<OrderReply> Refund(RefundCommand command);

    [Alias("Get"), Repeatable]
    Task<OrderReply> Get();
}

/// <param name="Amount">The payment, minor units.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.ReserveCommand)]
public sealed record ReserveCommand(
    [property: Id(0)] string UserId,
    [property: Id(1)] string MerchantId,
    [property: Id(2)] string CampaignId,
    [property: Id(3)] string ActivityId,
    [property: Id(4)] long Amount,
    [property: Id(5)] ulong BodyHash);

/// <param name="Paid">What the user paid, minor units; must equal the order's pay.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.ConfirmCommand)]
public sealed record ConfirmCommand(
    [property: Id(0)] string PaymentId, [property: Id(1)] long Paid, [property: Id(2)] ulong BodyHash);

/// <param name="Amount">The part of the payment that this refund gives back, minor units.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.RefundCommand)]
public sealed record RefundCommand(
    [property: Id(0)] string RefundId, [property: Id(1)] long Amount, [property: Id(2)] ulong BodyHash);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.OrderReply)]
public sealed record OrderReply(
    [property: Id(0)] Outcome Outcome,
    [property: Id(1)] OrderView? Order = null,
    [property: Id(2)] bool Replayed = false,
    [property: Id(3)] string? Detail = null);

/// <param name="Off">Minor units off.</param>
/// <param name="Pay">Minor units to pay.</param>
/// <param name="Refunded">What of the payment was given back so far, minor units.</param>
/// <param name="Returned">What of the discount came back with it, minor units.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.OrderView)]
public sealed record OrderView(
    [property: Id(0)] string OrderId,
    [property: Id(1)] OrderState State,
    [property: Id(2)] long Off,
    [property: Id(3)] long Pay,
    [property: Id(4)] DateTimeOffset? ExpiresAt,
    [property: Id(5)] long Refunded,
    [property: Id(6)] long Returned);

[GenerateSerializer]
[Alias(TypeAliases.OrderState)]
public enum OrderState
{
    /// <summary>Never valid.</summary>
    None = 0,
    Reserved,
    Confirmed,
    Cancelled,
    Expired,
    Refunded,
}
