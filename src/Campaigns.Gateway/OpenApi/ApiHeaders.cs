namespace Campaigns.Gateway.OpenApi;

/// <summary>Response headers that several endpoints have.</summary>
internal static class ApiHeaders
{
    public static readonly IReadOnlyDictionary<string, string> Replayed = new Dictionary<string, string>
    {
        ["Idempotency-Replayed"] = "`true` where the operation took effect earlier and this is its first answer again.",
    };

    public static readonly IReadOnlyDictionary<string, string> ETag = new Dictionary<string, string>
    {
        ["ETag"] = "The version of the document; goes into If-Match.",
    };

    public static readonly IReadOnlyDictionary<string, string> Created = new Dictionary<string, string>(ETag)
    {
        ["Location"] = "Where the campaign is found.",
    };
}
