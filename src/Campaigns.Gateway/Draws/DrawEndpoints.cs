using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.CampaignViews;
using Campaigns.Gateway.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Campaigns.Gateway.Draws;

/// <summary>Draws from red-packet pools and lotteries.</summary>
internal sealed class DrawEndpoints(
    BodyReader bodies,
    PublicCampaigns campaigns,
    DrawRouter router,
    DrawCombiner combiner,
    LotteryDraws lotteries,
    DrawMetrics metrics)
    : IEndpointGroup
{
    private const string Packets = "red-packet";
    private const string Lottery = "lottery";

    private static readonly string[] Types = [Packets, Lottery];

    // Most draws come without a body.
    private static readonly DrawBody Empty = new();
    private static readonly ulong EmptyHash = Hashes.Body(Empty, GatewayJson.Strict.DrawBody);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/campaigns/{c}/activities/{a}/draws", Audience.User, DrawAsync, DrawApi.Draw, AdmitAsync);

    /// <summary>Where the pool's queues are full, a draw costs nothing but its refusal.</summary>
    private async ValueTask<Answer?> AdmitAsync(HttpContext http)
    {
        if (!combiner.HasRefusedLately
            || await campaigns.FindActivityAsync(http, Types) is not { Activity.Type: Packets } found
            || !combiner.IsFull(found.Campaign.CampaignId, found.Activity))
        {
            return null;
        }

        metrics.Answered(Outcome.Overloaded);
        return Problem.Of(Outcome.Overloaded, detail: null);
    }

    private async ValueTask<Answer> DrawAsync(HttpContext http, Caller caller)
    {
        var key = IdempotencyKey.Required(http.Request);
        if (key.Refusal is not null)
        {
            return key.Refusal;
        }

        var (body, refusal) = await bodies.ReadUserAsync(http, GatewayJson.Strict.DrawBody);
        if ((refusal ?? Check(body)) is { } fault)
        {
            return fault;
        }

        if (await campaigns.FindActivityAsync(http, Types) is not { } found)
        {
            return Problem.NotFound;
        }

        if (Misplaced(body, found.Activity.Type) is { } misplaced)
        {
            return misplaced;
        }

        var bodyHash = body == Empty ? EmptyHash : Hashes.Body(body, GatewayJson.Strict.DrawBody);
        var operation = new Operation(key.Hash, bodyHash);
        if (found.Activity.Type == Lottery)
        {
            return await lotteries.DrawAsync(caller, found.Campaign, found.Activity, body.Password, operation);
        }

        var reply = await router.DrawAsync(
            caller, found.Campaign, found.Activity, body.Round, operation);
        metrics.Answered(reply.Outcome);
        return ToAnswer(reply);
    }

    private static Problem? Check(DrawBody body)
    {
        var faults = new Faults();
        if (body.Round is not null)
        {
            faults.DocumentId(body.Round, "$.round");
        }

        if (body.Password is { Length: > DrawBody.LongestPassword })
        {
            faults.Add("$.password", $"must have at most {DrawBody.LongestPassword} characters");
        }

        return faults.ToProblem();
    }

    private static Problem? Misplaced(DrawBody body, string type) => (type, body) switch
    {
        (Packets, { Password: not null }) =>
            Problem.Invalid("$.password", "this kind of activity has no password"),
        (Lottery, { Round: not null }) => Problem.Invalid("$.round", "this kind of activity has no rounds"),
        _ => null,
    };

    private static Answer ToAnswer(DrawReply reply)
    {
        var view = reply.Result is { } result ? DrawView.Of(result) : null;
        return reply.Outcome == Outcome.Done
            ? JsonAnswer.Created(view!, GatewayJson.Strict.DrawView, reply.Replayed)
            : Problem.Of(reply.Outcome, reply.Detail, view);
    }
}
