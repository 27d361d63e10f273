using Campaigns.Gateway.Answers;
using Campaigns.Gateway.OpenApi;

namespace Campaigns.Gateway.PartnerDiscounts;

internal static class DiscountApi
{
    private const string Tag = "Discounts";

    private static readonly DiscountOrderView Reserved = new()
    {
        OrderId = "o-77",
        Off = 2000,
        Pay = 8000,
        ExpiresAt = new DateTimeOffset(2027, 2, 5, 12, 15, 0, TimeSpan.Zero),
        State = "reserved",
    };

    private static readonly DiscountOrderView Refunded = new()
    {
        OrderId = "o-77", Off = 2000, Pay = 8000, State = "refunded", Refunded = 8000, Returned = 2000,
    };

    public static readonly ApiOperation Quote = new("quoteDiscounts", Tag, "Discounts that a payment would get")
    {
        Description = "Honours quotas and stock as they are now; reserves nothing.",
        Request = ApiBody.Of(new QuoteBody
        {
            UserId = "u-1001", MerchantId = "m-1", Channel = "offline", Amount = 10_000,
        }),
        Success = new ApiResponse(
            200, "Offers, best first.", ApiBody.Of(new QuoteView([new OfferView("ny2027", "dinner", 2000, 8000)]))),
        Refusals = [ProblemKind.Forbidden, OutcomeTable.Frozen],
    };

    public static readonly ApiOperation Reserve = new("reserveDiscount", Tag, "Reserve a discount for an order")
    {
        Description = "The order id is the idempotency key, within the partner.",
        Request = ApiBody.Of(new ReserveBody
        {
            OrderId = "o-77",
            UserId = "u-1001",
            MerchantId = "m-1",
            CampaignId = "ny2027",
            ActivityId = "dinner",
            Amount = 10_000,
        }),
        Success = new ApiResponse(201, "Reserved until `expiresAt`.", ApiBody.Of(Reserved))
        {
            Headers = ApiHeaders.Replayed,
        },
        Refusals =
        [
            ProblemKind.Forbidden, ProblemKind.NotFound, ProblemKind.KeyReused, OutcomeTable.Frozen,
            OutcomeTable.Paused, OutcomeTable.NotStarted, OutcomeTable.Ended, OutcomeTable.NotEligible,
            OutcomeTable.QuotaExceeded, OutcomeTable.Cancelled, OutcomeTable.Expired, OutcomeTable.BelowThreshold,
            OutcomeTable.Exhausted, OutcomeTable.BudgetExhausted,
        ],
    };

    public static readonly ApiOperation Confirm = new("confirmDiscount", Tag, "The payment succeeded")
    {
        Request = ApiBody.Of(new ConfirmBody { PaymentId = "p-9", Paid = 8000 }),
        Success = new ApiResponse(
            200, "Confirmed.", ApiBody.Of(Reserved with { ExpiresAt = null, State = "confirmed" }))
        {
            Headers = ApiHeaders.Replayed,
        },
        Refusals = [ProblemKind.NotFound, ProblemKind.KeyReused, OutcomeTable.Cancelled, OutcomeTable.Expired],
    };

    public static readonly ApiOperation Cancel = new("cancelDiscount", Tag, "The payment will not come")
    {
        Description = "An order that was never seen is answered as cancelled, too: a reservation that arrives later "
            + "is refused.",
        Request = ApiBody.Of(new Bodies.EmptyBody()),
        Success = new ApiResponse(
            200, "Cancelled.", ApiBody.Of(new DiscountOrderView { OrderId = "o-77", State = "cancelled" }))
        {
            Headers = ApiHeaders.Replayed,
        },
        Refusals = [ProblemKind.NotFound, OutcomeTable.Confirmed, OutcomeTable.Expired],
    };

    public static readonly ApiOperation Refund = new("refundDiscount", Tag, "Some or all of the payment was given back")
    {
        Description = "The refund id is the idempotency key, within the order.",
        Request = ApiBody.Of(new RefundBody { RefundId = "r-1", Amount = 8000 }),
        Success = new ApiResponse(200, "Taken back in proportion.", ApiBody.Of(Refunded))
        {
            Headers = ApiHeaders.Replayed,
        },
        Refusals =
        [
            ProblemKind.NotFound, ProblemKind.KeyReused, OutcomeTable.Cancelled, OutcomeTable.Expired,
            OutcomeTable.Held,
        ],
    };

    public static readonly ApiOperation Get = new("getDiscount", Tag, "An order")
    {
        Success = new ApiResponse(
            200, "The order as it stands.", ApiBody.Of(Reserved with { Refunded = 0, Returned = 0 })),
        Refusals = [ProblemKind.NotFound],
    };
}
