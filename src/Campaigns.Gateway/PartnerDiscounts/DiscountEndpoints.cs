using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.Hosting;
using Campaigns.Gateway.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Campaigns.Gateway.PartnerDiscounts;

/// <summary>
/// Discount orders, from quote to refund. Each operation is idempotent by the order's or refund's id.
/// </summary>
internal sealed class DiscountEndpoints(
    IGrainFactory grains, BodyReader bodies, Deadline deadline, OutcomeMetrics metrics) : IEndpointGroup
{
    private const int OrderSegment = 4;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/partner/discounts/quote", Audience.Partner, QuoteAsync, DiscountApi.Quote);
        routes.MapPost("/v1/partner/discounts", Audience.Partner, ReserveAsync, DiscountApi.Reserve);
        routes.MapPost("/v1/partner/discounts/{orderId}/confirm", Audience.Partner, ConfirmAsync, DiscountApi.Confirm);
        routes.MapPost("/v1/partner/discounts/{orderId}/cancel", Audience.Partner, CancelAsync, DiscountApi.Cancel);
        routes.MapPost("/v1/partner/discounts/{orderId}/refund", Audience.Partner, RefundAsync, DiscountApi.Refund);
        routes.MapGet("/v1/partner/discounts/{orderId}", Audience.Partner, GetAsync, DiscountApi.Get);
    }

    private async ValueTask<Answer> QuoteAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await bodies.ReadPartnerAsync(http, GatewayJson.Strict.QuoteBody);
        if (refusal is not null)
        {
            return refusal;
        }

        var faults = new Faults();
        var userId = faults.Printable(body.UserId, "$.userId");
        var merchantId = faults.Printable(body.MerchantId, "$.merchantId");
        var amount = faults.Integer(body.Amount, "$.amount", 1);
        if (body.Channel is not ("online" or "offline"))
        {
            faults.Add("$.channel", "must be online or offline");
        }

        if ((faults.ToProblem() ?? Scope(caller, merchantId)) is { } fault)
        {
            return fault;
        }

        var call = grains.User(userId).Quote(new QuoteCommand(merchantId, body.Channel!, amount));
        var reply = await metrics.DiscountAsync("quote", deadline.For(call), quoted => quoted.Outcome);
        return reply.Outcome == Outcome.Done
            ? JsonAnswer.Ok(QuoteView.Of(reply), GatewayJson.Strict.QuoteView)
            : Problem.Of(reply.Outcome, null);
    }

    private async ValueTask<Answer> ReserveAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await bodies.ReadPartnerAsync(http, GatewayJson.Strict.ReserveBody);
        if (refusal is not null)
        {
            return refusal;
        }

        var faults = new Faults();
        var orderId = faults.Printable(body.OrderId, "$.orderId");
        var command = new ReserveCommand(
            faults.Printable(body.UserId, "$.userId"),
            faults.Printable(body.MerchantId, "$.merchantId"),
            faults.DocumentId(body.CampaignId, "$.campaignId"),
            faults.DocumentId(body.ActivityId, "$.activityId"),
            faults.Integer(body.Amount, "$.amount", 1),
            Hashes.Body(body, GatewayJson.Strict.ReserveBody));
        if ((faults.ToProblem() ?? Scope(caller, command.MerchantId)) is { } fault)
        {
            return fault;
        }

        var reply = await CallAsync("reserve", grains.Order(caller.Subject, orderId).Reserve(command));
        return ToAnswer(reply, StatusCodes.Status201Created, DiscountOrderView.Reserved);
    }

    private async ValueTask<Answer> ConfirmAsync(HttpContext http, Caller caller)
    {
        if (Order(http, caller) is not { } order)
        {
            return Problem.NotFound;
        }

        var (body, refusal) = await bodies.ReadPartnerAsync(http, GatewayJson.Strict.ConfirmBody);
        if (refusal is not null)
        {
            return refusal;
        }

        var faults = new Faults();
        var command = new ConfirmCommand(
            faults.Printable(body.PaymentId, "$.paymentId"),
            faults.Integer(body.Paid, "$.paid", 0),
            Hashes.Body(body, GatewayJson.Strict.ConfirmBody));
        return faults.ToProblem() is { } fault
            ? fault
            : ToAnswer(
                await CallAsync("confirm", order.Confirm(command)),
                StatusCodes.Status200OK,
                DiscountOrderView.Confirmed);
    }

    private async ValueTask<Answer> CancelAsync(HttpContext http, Caller caller)
    {
        if (Order(http, caller) is not { } order)
        {
            return Problem.NotFound;
        }

        var (_, refusal) = await bodies.ReadPartnerAsync(http, GatewayJson.Strict.EmptyBody);
        return refusal is not null
            ? refusal
            : ToAnswer(
                await CallAsync("cancel", order.Cancel()), StatusCodes.Status200OK, DiscountOrderView.Cancelled);
    }

    private async ValueTask<Answer> RefundAsync(HttpContext http, Caller caller)
    {
        if (Order(http, caller) is not { } order)
        {
            return Problem.NotFound;
        }

        var (body, refusal) = await bodies.ReadPartnerAsync(http, GatewayJson.Strict.RefundBody);
        if (refusal is not null)
        {
            return refusal;
        }

        var faults = new Faults();
        var command = new RefundCommand(
            faults.Printable(body.RefundId, "$.refundId"),
            faults.Integer(body.Amount, "$.amount", 0),
            Hashes.Body(body, GatewayJson.Strict.RefundBody));
        return faults.ToProblem() is { } fault
            ? fault
            : ToAnswer(
                await CallAsync("refund", order.Refund(command)), StatusCodes.Status200OK, DiscountOrderView.Refund);
    }

    private async ValueTask<Answer> GetAsync(HttpContext http, Caller caller) => Order(http, caller) is { } order
        ? ToAnswer(await CallAsync("get", order.Get()), StatusCodes.Status200OK, DiscountOrderView.Of)
        : Problem.NotFound;

    private Task<OrderReply> CallAsync(string verb, Task<OrderReply> call) =>
        metrics.DiscountAsync(verb, deadline.For(call), reply => reply.Outcome);

    private IOrderGrain? Order(HttpContext http, Caller caller) =>
        http.PrintableId("orderId", OrderSegment) is { } orderId ? grains.Order(caller.Subject, orderId) : null;

    private static Problem? Scope(Caller caller, string merchantId) => caller.MayActFor(merchantId)
        ? null
        : new Problem(ProblemKind.Forbidden, "The key does not cover this merchant.");

    private static Answer ToAnswer(OrderReply reply, int status, Func<OrderView, DiscountOrderView> view) =>
        reply.Outcome == Outcome.Done
            ? new JsonAnswer<DiscountOrderView>(status, view(reply.Order!), GatewayJson.Strict.DiscountOrderView)
            {
                Replayed = reply.Replayed,
            }
            : Problem.Of(reply.Outcome, reply.Detail);
}
