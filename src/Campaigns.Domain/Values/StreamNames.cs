namespace Campaigns.Domain.Values;

/// <summary>The one table of names that become a <see cref="StreamId"/>.</summary>
public static class StreamNames
{
    public static string User(string userId) => "user/" + userId;

    public static string Campaign(string campaignId) => "campaign/" + campaignId;

    /// <summary>One shard of a finite stock: red packets, a day's discounts, a cash meter.</summary>
    public static string Pool(string campaignId, string activityId, int shard) =>
        $"pool/{campaignId}/{activityId}/{shard}";

    /// <summary>What the pool has reserved but not issued.</summary>
    public static string Held(string poolName) => poolName + "/held";

    /// <summary>What a merchant was granted from a pool and can still give back to it.</summary>
    public static string Granted(string poolName, string merchantId) => poolName + "/merchant/" + merchantId;

    /// <summary>What a user has paid with points, chances and items; only the user's own stream debits it.</summary>
    public static string Spent(string userId) => User(userId) + "/spent";

    /// <summary>A partner's order: order ids are scoped to the partner.</summary>
    public static string Order(string partnerId, string orderId) => $"order/{partnerId}/{orderId}";

    /// <summary>The cluster's list of campaigns, by which caches learn of changes.</summary>
    public const string Directory = "directory";

    /// <summary>The account by which committers find each other: each credits it nothing when it starts.</summary>
    public const string Committers = "committers";

    /// <summary>The batches that one group committer wrote.</summary>
    public static string Committer(string committerId) => "committer/" + committerId;
}
