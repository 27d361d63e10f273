using Campaigns.Contracts;
using Campaigns.Gateway.Bodies;
using Campaigns.Gateway.Hosting;
using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.CampaignViews;

/// <summary>Campaigns as users may know of them: not before they were approved.</summary>
internal sealed class PublicCampaigns(CampaignCache<CampaignSummary> campaigns, Deadline deadline)
{
    /// <summary>The campaign of the path's <c>c</c>; null where there is none.</summary>
    public async ValueTask<CampaignSummary?> FindAsync(HttpContext http)
    {
        if (http.DocumentId("c") is not { } id)
        {
            return null;
        }

        var campaign = await deadline.For(campaigns.GetAsync(id));
        return campaign is not null && IsPublic(campaign) ? campaign : null;
    }

    public async ValueTask<IEnumerable<CampaignSummary>> AllAsync() =>
        (await deadline.For(campaigns.AllAsync())).Where(IsPublic);

    private static bool IsPublic(CampaignSummary campaign) =>
        campaign.Lifecycle is not (Lifecycle.Draft or Lifecycle.InReview);
}
