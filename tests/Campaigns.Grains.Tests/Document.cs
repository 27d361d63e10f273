using System.Text.Json;
using System.Text.Json.Nodes;

namespace Campaigns.Grains.Tests;

/// <summary>A campaign document under construction, live from an hour before the given time for thirty days.</summary>
internal sealed class Document
{
    private readonly JsonObject _json;

    public Document(DateTimeOffset now, string id = "night", string timeZone = "Asia/Shanghai")
    {
        Id = id;
        _json = new JsonObject
        {
            ["id"] = id,
            ["name"] = new JsonObject { ["en"] = "Night" },
            ["currency"] = "CNY",
            ["timeZone"] = timeZone,
            ["schedule"] = new JsonObject
            {
                ["warmUp"] = Time(now.AddHours(-2)),
                ["start"] = Time(now.AddHours(-1)),
                ["end"] = Time(now.AddDays(30)),
                ["claimUntil"] = Time(now.AddDays(60)),
            },
            ["activities"] = new JsonArray(),
        };
    }

    public string Id { get; }

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    public Document Budget(string category, long amount)
    {
        _json["budget"] ??= new JsonObject();
        _json["budget"]![category] = amount;
        return this;
    }

    public Document Set(string member, string json)
    {
        _json[member] = JsonNode.Parse(json);
        return this;
    }

    public Document Schedule(DateTimeOffset warmUp, DateTimeOffset start, DateTimeOffset end, DateTimeOffset claimUntil)
    {
        _json["schedule"] = new JsonObject
        {
            ["warmUp"] = Time(warmUp),
            ["start"] = Time(start),
            ["end"] = Time(end),
            ["claimUntil"] = Time(claimUntil),
        };
        return this;
    }

    public Document Add(string activity)
    {
        _json["activities"]!.AsArray().Add(JsonNode.Parse(activity));
        return this;
    }

    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(_json);
}
