using System.Globalization;
using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.CampaignViews;
using Campaigns.Gateway.Hosting;
using Campaigns.Gateway.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Campaigns.Gateway.CheckIns;

/// <summary>Daily check-ins.</summary>
internal sealed class CheckInEndpoints(
    IGrainFactory grains, BodyReader bodies, PublicCampaigns campaigns, Deadline deadline, OutcomeMetrics metrics)
    : IEndpointGroup
{
    private static readonly string[] Types = ["check-in"];

    private const string Iso = "yyyy-MM-dd";

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/campaigns/{c}/activities/{a}/check-ins", Audience.User, CheckInAsync, CheckInApi.CheckIn);

    private async ValueTask<Answer> CheckInAsync(HttpContext http, Caller caller)
    {
        var key = IdempotencyKey.Optional(http.Request);
        if (key.Refusal is not null)
        {
            return key.Refusal;
        }

        var (body, refusal) = await bodies.ReadUserAsync(http, GatewayJson.Strict.CheckInBody);
        if ((refusal ?? Check(body)) is { } fault)
        {
            return fault;
        }

        if (await campaigns.FindActivityAsync(http, Types) is not { } found)
        {
            return Problem.NotFound;
        }

        var operation = new Operation(key.Hash, Hashes.Body(body, GatewayJson.Strict.CheckInBody));
        var command = new CheckInCommand(
            found.Campaign.CampaignId, found.Activity.Id, body.Date, operation, caller.Facts);
        return ToAnswer(await metrics.CheckInAsync(deadline.For(grains.User(caller.Subject).CheckIn(command))));
    }

    private static Problem? Check(CheckInBody body) =>
        body.Date is null
        || DateOnly.TryParseExact(body.Date, Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : Problem.Invalid("$.date", "must be a day in the form 2027-02-05");

    private static Answer ToAnswer(CheckInReply reply)
    {
        var view = reply.Result is { } result ? CheckInView.Of(result) : null;
        return reply.Outcome == Outcome.Done
            ? JsonAnswer.Created(view!, GatewayJson.Strict.CheckInView, reply.Replayed)
            : Problem.Of(reply.Outcome, reply.Detail, view);
    }
}
