using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.CampaignViews;
using Campaigns.Gateway.Hosting;
using Campaigns.Gateway.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Campaigns.Gateway.Exchanges;

/// <summary>Exchanges of what users have gathered.</summary>
internal sealed class ExchangeEndpoints(
    IGrainFactory grains, BodyReader bodies, PublicCampaigns campaigns, Deadline deadline, OutcomeMetrics metrics)
    : IEndpointGroup
{
    private const string Type = "exchange";

    private static readonly string[] Types = [Type];

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(
        "/v1/campaigns/{c}/activities/{a}/exchanges", Audience.User, ExchangeAsync, ExchangeApi.Exchange);

    private async ValueTask<Answer> ExchangeAsync(HttpContext http, Caller caller)
    {
        var key = IdempotencyKey.Required(http.Request);
        if (key.Refusal is not null)
        {
            return key.Refusal;
        }

        var (body, refusal) = await bodies.ReadUserAsync(http, GatewayJson.Strict.ExchangeBody);
        if ((refusal ?? Check(body)) is { } fault)
        {
            return fault;
        }

        if (await campaigns.FindActivityAsync(http, Types) is not { } found)
        {
            return Problem.NotFound;
        }

        var operation = new Operation(key.Hash, Hashes.Body(body, GatewayJson.Strict.ExchangeBody));
        var command = new TakeCommand(
            found.Campaign.CampaignId, found.Activity.Id, (int)(body.Quantity ?? 1), Password: null, operation,
            caller.Facts);
        var reply = await metrics.TakeAsync(Type, deadline.For(grains.User(caller.Subject).Take(command)));
        return reply.Outcome == Outcome.Done
            ? JsonAnswer.Created(ExchangeView.Of(reply.Result!), GatewayJson.Strict.ExchangeView, reply.Replayed)
            : Problem.Of(reply.Outcome, reply.Detail);
    }

    private static Problem? Check(ExchangeBody body) => body.Quantity is null or (>= 1 and <= ExchangeBody.MostQuantity)
        ? null
        : Problem.Invalid("$.quantity", $"must be between 1 and {ExchangeBody.MostQuantity}");
}
