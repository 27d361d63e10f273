using Campaigns.Simulation.Cluster;
using Campaigns.Simulation.Engine;

namespace Campaigns.Simulation.Plans;

/// <summary>All that a seed will do, drawn before it begins: a run is shortened by leaving items out.</summary>
internal sealed record Plan(
    ulong Seed, ClusterSettings Settings, CampaignPlan Campaign, IReadOnlyList<string> Users,
    IReadOnlyList<PlanItem> Items)
{
    public int Sessions => Items.Count == 0 ? 0 : Items.Max(item => item.Session) + 1;

    public static Plan For(ulong seed)
    {
        var random = SimRandom.For(seed, "plan");
        var campaignStart = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)
            + TimeSpan.FromDays(random.Pick(36, 72, 73, 86, 87, 304, 310)) + TimeSpan.FromMinutes(random.Below(1_440));
        var campaign = new CampaignDraft(random, campaignStart).Draw();
        campaign.RequireValid();
        var settings = ClusterSettings.Draw(random, campaignStart + TimeSpan.FromSeconds(100));
        var users = Enumerable.Range(0, random.Between(2, 7)).Select(user => $"u{user}").ToArray();
        var items = new ItemDraft(random, campaign, settings, users).Draw();
        return new Plan(seed, settings, campaign, users, items);
    }

    public Plan Only(IReadOnlySet<int> numbers) =>
        this with { Items = [.. Items.Where(item => numbers.Contains(item.Number))] };
}
