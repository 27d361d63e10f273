namespace Campaigns.Grains.Seeds;

/// <summary>Names the place that a sealed seed is bound to.</summary>
internal static class SeedPlace
{
    public static string Of(string campaignId, string activityId, string roundId) =>
        $"seed/{campaignId}/{activityId}/{roundId}";
}
