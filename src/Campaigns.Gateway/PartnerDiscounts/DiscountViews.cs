using System.ComponentModel.DataAnnotations;
using Campaigns.Contracts;
using Campaigns.Gateway.Bodies;

namespace Campaigns.Gateway.PartnerDiscounts;

internal sealed record QuoteBody
{
    [Required, StringLength(Ids.MaxLength, MinimumLength = 1)]
    public string? UserId { get; init; }

    [Required, StringLength(Ids.MaxLength, MinimumLength = 1)]
    public string? MerchantId { get; init; }

    /// <summary>online or offline.</summary>
    [Required]
    public string? Channel { get; init; }

    /// <summary>The payment, minor units.</summary>
    [Required, Range(1, (double)Faults.MaxAmount)]
    public long? Amount { get; init; }
}

/// <summary>Offers, best first; none is reserved.</summary>
internal sealed record QuoteView(OfferView[] Offers)
{
    public static QuoteView Of(QuoteReply quote) => new(Array.ConvertAll(
        quote.Offers, offer => new OfferView(offer.CampaignId, offer.ActivityId, offer.Off, offer.Pay)));
}

/// <param name="Off">Minor units off the payment.</param>
/// <param name="Pay">Minor units left to pay.</param>
internal sealed record OfferView(string CampaignId, string ActivityId, long Off, long Pay);

internal sealed record ReserveBody
{
    [Required, StringLength(Ids.MaxLength, MinimumLength = 1)]
    public string? OrderId { get; init; }

    [Required, StringLength(Ids.MaxLength, MinimumLength = 1)]
    public string? UserId { get; init; }

    [Required, StringLength(Ids.MaxLength, MinimumLength = 1)]
    public string? MerchantId { get; init; }

    [Required, RegularExpression(Ids.DocumentPattern)]
    public string? CampaignId { get; init; }

    [Required, RegularExpression(Ids.DocumentPattern)]
    public string? ActivityId { get; init; }

    /// <summary>The payment, minor units.</summary>
    [Required, Range(1, (double)Faults.MaxAmount)]
    public long? Amount { get; init; }
}

internal sealed record ConfirmBody
{
    [Required, StringLength(Ids.MaxLength, MinimumLength = 1)]
    public string? PaymentId { get; init; }

    /// <summary>What the user paid, minor units.</summary>
    [Required, Range(0, (double)Faults.MaxAmount)]
    public long? Paid { get; init; }
}

internal sealed record RefundBody
{
    [Required, StringLength(Ids.MaxLength, MinimumLength = 1)]
    public string? RefundId { get; init; }

    /// <summary>
    /// The part of the payment that this refund gives back, minor units; 0 only where nothing was to pay.
    /// </summary>
    [Required, Range(0, (double)Faults.MaxAmount)]
    public long? Amount { get; init; }
}

/// <summary>An order. Money in minor units; members that do not concern the answered operation are absent.</summary>
internal sealed record DiscountOrderView
{
    public required string OrderId { get; init; }

    /// <summary>Off the payment.</summary>
    public long? Off { get; init; }

    /// <summary>Left to pay.</summary>
    public long? Pay { get; init; }

    /// <summary>The reservation ends here unless it is confirmed.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>reserved, confirmed, cancelled, expired or refunded.</summary>
    public required string State { get; init; }

    /// <summary>What of the payment was given back: in all, or by the refund that is answered.</summary>
    public long? Refunded { get; init; }

    /// <summary>What of the discount came back with that.</summary>
    public long? Returned { get; init; }

    /// <summary>As the reservation was answered first, whatever became of the order since.</summary>
    public static DiscountOrderView Reserved(OrderView order) => new()
    {
        OrderId = order.OrderId, Off = order.Off, Pay = order.Pay, ExpiresAt = order.ExpiresAt, State = "reserved",
    };

    public static DiscountOrderView Confirmed(OrderView order) => new()
    {
        OrderId = order.OrderId, Off = order.Off, Pay = order.Pay, State = "confirmed",
    };

    /// <summary>A tombstone has no money.</summary>
    public static DiscountOrderView Cancelled(OrderView order) =>
        new() { OrderId = order.OrderId, State = "cancelled" };

    public static DiscountOrderView Refund(OrderView order) => new()
    {
        OrderId = order.OrderId,
        Off = order.Off,
        Pay = order.Pay,
        State = Word(order.State),
        Refunded = order.Refunded,
        Returned = order.Returned,
    };

    public static DiscountOrderView Of(OrderView order) => Refund(order) with { ExpiresAt = order.ExpiresAt };

    private static string Word(OrderState state) => state switch
    {
        OrderState.Reserved => "reserved",
        OrderState.Confirmed => "confirmed",
        OrderState.Cancelled => "cancelled",
        OrderState.Expired => "expired",
        OrderState.Refunded => "refunded",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "An order without a state."),
    };
}
