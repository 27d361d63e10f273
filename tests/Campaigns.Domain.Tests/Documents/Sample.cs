using System.Text;
using System.Text.Json.Nodes;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.Tests.Documents;

/// <summary>A valid document with every member that is built, and edits of it.</summary>
internal static class Sample
{
    public const string Text = """
        {
          "id": "ny2027", "name": {"en": "New Year 2027", "zh-CN": "2027 新春"},
          "currency": "CNY", "timeZone": "Asia/Shanghai",
          "schedule": {"warmUp": "2027-01-25T00:00:00+08:00", "start": "2027-02-01T00:00:00+08:00",
                       "end": "2027-03-01T00:00:00+08:00", "claimUntil": "2027-04-01T00:00:00+08:00"},
          "budget": {"cash": 1000000, "discounts": 20000000},
          "audience": [{"tag": "resident"}],
          "earlyAccess": {"from": "2027-01-30T00:00:00+08:00", "for": [{"tag": "vip"}, {"fact": "level", "gte": 3}]},
          "catalog": {"templates": {"meal-20": {"off": 2000, "threshold": 10000, "merchants": ["*"],
                                                "validFor": "P30D"}},
                      "items": {"phone": {"form": "physical", "stock": 60}, "video": {"form": "code"}},
                      "series": {"tiger": {"size": 10000}}, "medals": {"pioneer": {}}},
          "activities": [
            {"id": "daily", "type": "check-in", "name": {"en": "Daily"},
             "everyDay": [{"kind": "points", "amount": 5}, {"kind": "cash", "min": 1, "max": 10}],
             "streaks": [{"days": 3, "rewards": [{"kind": "chance", "activity": "scan", "amount": 1}], "repeat": true},
                         {"days": 7, "rewards": [{"kind": "growth", "amount": 50}]}],
             "cycle": 7, "caps": {"total": 5000}, "perUser": {"perMonth": 20}},
            {"id": "scan", "type": "red-packet", "total": 50000, "count": 2000, "min": 1, "max": 250,
             "split": "double-mean", "perUser": {"perDay": 3}, "requires": [{"fact": "card-bound"}],
             "segments": [{"id": "young", "when": [{"fact": "age-band", "in": ["18-25", "26-35"]}]}]},
            {"id": "rain", "type": "red-packet", "total": 200000, "count": 1500, "min": 1, "max": 1300,
             "split": "uniform", "remainder": "next-round", "shards": 4, "perUser": {"perRound": 1},
             "window": {"from": "2027-02-05T00:00:00+08:00", "until": "2027-02-06T00:00:00+08:00"},
             "rounds": [
               {"id": "r20", "from": "2027-02-05T20:00:00+08:00", "until": "2027-02-05T20:10:00+08:00", "count": 500},
               {"id": "r21", "from": "2027-02-05T21:00:00+08:00", "until": "2027-02-05T21:10:00+08:00",
                "count": 1000}]},
            {"id": "bag", "type": "red-packet", "total": 202788, "count": 11,
             "amounts": [{"amount": 201900, "count": 1}, {"amount": 88, "count": 9}, {"amount": 96, "count": 1}]},
            {"id": "spend", "type": "spend-discount",
             "tiers": [{"spend": 10000, "off": 2000}, {"spend": 50000, "percent": 20, "maxOff": 10000}],
             "perUserPerDay": 2, "stockPerDay": 1000, "stock": 2000, "merchants": ["market-1", "market-2"],
             "channel": "offline", "holdFor": "PT10M"}
          ]
        }
        """;

    private const string Placeholder = "@raw@";

    public static ParsedDocument Parse(string text) => CampaignDocument.Parse(Encoding.UTF8.GetBytes(text));

    public static Campaign Campaign(params (string Path, string? Raw)[] edits)
    {
        var parsed = Parse(Edit(edits));
        parsed.Faults.ShouldBeEmpty();
        return parsed.Campaign.ShouldNotBeNull();
    }

    /// <summary>
    /// The sample with members replaced or added by raw text, which need not be valid JSON; null removes. Paths are
    /// like <c>activities[1].total</c>; a raw <c>1, "total": 2</c> makes a duplicate.
    /// </summary>
    public static string Edit(params (string Path, string? Raw)[] edits)
    {
        var root = JsonNode.Parse(Text)!;
        foreach (var (path, raw) in edits)
        {
            Put(root, path, raw);
        }

        var text = root.ToJsonString();
        foreach (var (path, raw) in edits.Where(edit => edit.Raw is not null))
        {
            text = text.Replace($"\"{Placeholder}{path}\"", raw, StringComparison.Ordinal);
        }

        return text;
    }

    private static void Put(JsonNode root, string path, string? raw)
    {
        var steps = path.Replace("[", ".", StringComparison.Ordinal)
            .Replace("]", "", StringComparison.Ordinal)
            .Split('.');
        var node = root;
        foreach (var step in steps[..^1])
        {
            node = node is JsonArray list ? list[int.Parse(step)]! : node[step]!;
        }

        var last = steps[^1];
        var value = raw is null ? null : JsonValue.Create(Placeholder + path);
        switch (node)
        {
            case JsonArray list when int.Parse(last) == list.Count:
                list.Add(value);
                break;
            case JsonArray list when raw is null:
                list.RemoveAt(int.Parse(last));
                break;
            case JsonArray list:
                list[int.Parse(last)] = value;
                break;
            case JsonObject members when raw is null:
                members.Remove(last);
                break;
            default:
                node[last] = value;
                break;
        }
    }
}
