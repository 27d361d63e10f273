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

    /// <summary>The activity of the path's <c>a</c>, if it is of one of the types; null where there is none.</summary>
    public async ValueTask<FoundActivity?> FindActivityAsync(HttpContext http, params string[] types) =>
        await FindAsync(http) is { } campaign
        && http.DocumentId("a") is { } id
        && campaign.FindActivity(id) is { } activity
        && Array.IndexOf(types, activity.Type) >= 0
            ? new FoundActivity(campaign, activity)
            : null;

    public async ValueTask<IEnumerable<CampaignSummary>> AllAsync() =>
        (await deadline.For(campaigns.AllAsync())).Where(IsPublic);

    private static bool IsPublic(CampaignSummary campaign) =>
        campaign.Lifecycle is not (Lifecycle.Draft or Lifecycle.InReview);
}

/// <summary>An activity that users may know of, with its campaign.</summary>
internal readonly record struct FoundActivity(CampaignSummary Campaign, ActivitySummary Activity);
