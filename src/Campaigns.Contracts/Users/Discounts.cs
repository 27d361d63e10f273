namespace Campaigns.Contracts;

/// <param name="Channel">online or offline.</param>
/// <param name="Amount">The payment, minor units.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.QuoteCommand)]
public sealed record QuoteCommand(
    [property: Id(0)] string MerchantId, [property: Id(1)] string Channel, [property: Id(2)] long Amount);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.QuoteReply)]
public sealed record QuoteReply([property: Id(0)] Outcome Outcome, [property: Id(1)] QuoteOffer[] Offers);

/// <param name="Off">Minor units off the payment.</param>
/// <param name="Pay">Minor units left to pay.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.QuoteOffer)]
public sealed record QuoteOffer(
    [property: Id(0)] string CampaignId,
    [property: Id(1)] string ActivityId,
    [property: Id(2)] long Off,
    [property: Id(3)] long Pay);

/// <param name="OrderKey">partner/order: the name under which quota and stock know the order.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.DiscountHoldCommand)]
public sealed record DiscountHoldCommand(
    [property: Id(0)] string OrderKey,
    [property: Id(1)] string CampaignId,
    [property: Id(2)] string ActivityId,
    [property: Id(3)] string MerchantId,
    [property: Id(4)] string? Channel,
    [property: Id(5)] long Amount,
    [property: Id(6)] ulong BodyHash);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.DiscountHoldReply)]
public sealed record DiscountHoldReply(
    [property: Id(0)] Outcome Outcome,
    [property: Id(1)] HoldView? Hold = null,
    [property: Id(2)] string? Detail = null);
