using System.Globalization;

namespace Campaigns.Contracts;

/// <summary>The one table of grain keys.</summary>
public static class GrainKeys
{
    /// <summary>The one directory, and each silo's reader of it.</summary>
    public const string Directory = "directory";

    public static IUserGrain User(this IGrainFactory grains, string userId) => grains.GetGrain<IUserGrain>(userId);

    public static ICampaignGrain Campaign(this IGrainFactory grains, string campaignId) =>
        grains.GetGrain<ICampaignGrain>(campaignId);

    public static IDirectoryGrain DirectoryWriter(this IGrainFactory grains) =>
        grains.GetGrain<IDirectoryGrain>(Directory);

    public static IDirectoryReaderGrain DirectoryReader(this IGrainFactory grains) =>
        grains.GetGrain<IDirectoryReaderGrain>(Directory);

    public static IPacketPoolGrain PacketPool(
        this IGrainFactory grains, string campaignId, string activityId, int shard) =>
        grains.GetGrain<IPacketPoolGrain>(Pool(campaignId, activityId, shard));

    /// <param name="number">Of an activity with several stocks.</param>
    public static IStockGrain Stock(
        this IGrainFactory grains, string campaignId, string activityId, int number = 0) =>
        grains.GetGrain<IStockGrain>(Pool(campaignId, activityId, number));

    public static IOrderGrain Order(this IGrainFactory grains, string partnerId, string orderId) =>
        grains.GetGrain<IOrderGrain>(partnerId + "/" + orderId);

    /// <summary>campaign/activity/shard; ids hold no slash.</summary>
    public static string Pool(string campaignId, string activityId, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{campaignId}/{activityId}/{shard}");

    public static (string CampaignId, string ActivityId, int Shard) ParsePool(string key)
    {
        var parts = key.Split('/');
        return (parts[0], parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
