using Campaigns.Contracts;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.CampaignViews;
using Campaigns.Gateway.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Campaigns.Gateway.Me;

/// <summary>What a user sees of the own account.</summary>
internal sealed class MeEndpoints(IGrainFactory grains, PublicCampaigns campaigns, Deadline deadline) : IEndpointGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/me", Audience.User, GetAsync, MeApi.Get);
        routes.MapGet("/v1/me/campaigns/{c}", Audience.User, GetCampaignAsync, MeApi.GetCampaign);
        routes.MapGet("/v1/me/transfers", Audience.User, GetTransfersAsync, MeApi.GetTransfers);
    }

    private async ValueTask<Answer> GetAsync(HttpContext http, Caller caller)
    {
        var reply = await deadline.For(grains.User(caller.Subject).Get());
        return reply.Outcome == Outcome.Done
            ? JsonAnswer.Ok(MeView.Of(caller.Subject, reply), GatewayJson.Strict.MeView)
            : Problem.Of(reply.Outcome, null);
    }

    private async ValueTask<Answer> GetCampaignAsync(HttpContext http, Caller caller)
    {
        if (await campaigns.FindAsync(http) is not { } campaign)
        {
            return Problem.NotFound;
        }

        var reply = await deadline.For(grains.User(caller.Subject).GetCampaign(campaign.CampaignId, caller.Facts));
        return reply.Outcome == Outcome.Done
            ? JsonAnswer.Ok(MyCampaignView.Of(reply.Activities), GatewayJson.Strict.MyCampaignView)
            : Problem.Of(reply.Outcome, null);
    }

    private async ValueTask<Answer> GetTransfersAsync(HttpContext http, Caller caller)
    {
        var page = Page.Read(http.Request);
        if (page.Refusal is not null)
        {
            return page.Refusal;
        }

        var request = new TransferRequest(page.Cursor, page.Limit);
        var reply = await deadline.For(grains.User(caller.Subject).GetTransfers(request));
        return reply.Outcome switch
        {
            Outcome.Done => JsonAnswer.Ok(TransferPageView.Of(reply), GatewayJson.Strict.TransferPageView),
            Outcome.Invalid => Problem.Invalid("cursor", "must be the next of an earlier page"),
            _ => Problem.Of(reply.Outcome, null),
        };
    }
}
