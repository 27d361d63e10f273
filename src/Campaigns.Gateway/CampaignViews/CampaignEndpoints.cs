using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Auth;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Campaigns.Gateway.CampaignViews;

/// <summary>Public views of campaigns; need no token.</summary>
internal sealed class CampaignEndpoints(
    PublicCampaigns campaigns, SeedReveals seeds, Deadline deadline, TimeProvider time) : IEndpointGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/campaigns", Audience.None, ListAsync, CampaignApi.List);
        routes.MapGet("/v1/campaigns/{c}", Audience.None, GetAsync, CampaignApi.Get);
    }

    private async ValueTask<Answer> ListAsync(HttpContext http, Caller caller)
    {
        var page = Page.Read(http.Request);
        if (page.Refusal is not null)
        {
            return page.Refusal;
        }

        var now = time.GetUtcNow();
        var shown = (await campaigns.AllAsync()).Where(campaign => campaign.PhaseAt(now) is "warm-up" or "live");
        var (items, next) = page.Of(shown, campaign => campaign.CampaignId);
        var views = Array.ConvertAll(items, campaign => CampaignView.Of(campaign, now));
        return JsonAnswer.Ok(new CampaignListView(views, next), GatewayJson.Strict.CampaignListView);
    }

    private async ValueTask<Answer> GetAsync(HttpContext http, Caller caller)
    {
        if (await campaigns.FindAsync(http) is not { } campaign)
        {
            return Problem.NotFound;
        }

        var now = time.GetUtcNow();
        var view = CampaignView.Of(await deadline.For(seeds.WithSeedsAsync(campaign, now)), now);
        return JsonAnswer.Ok(view, GatewayJson.Strict.CampaignView);
    }
}
