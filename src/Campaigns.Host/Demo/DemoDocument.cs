using System.Globalization;
using System.Text.Json.Nodes;

namespace Campaigns.Host.Demo;

/// <summary>
/// The sample campaign, moved in time as a whole: all its instants shift by the same number of days, so that its
/// New Year's Eve is tonight, or tomorrow once tonight's first round would be over.
/// </summary>
internal static class DemoDocument
{
    public const string CampaignId = "ny2027";

    private static readonly DateOnly Eve = new(2027, 2, 5);
    private static readonly TimeOnly FirstRound = new(20, 0);

    /// <summary>All members of a document that hold an instant.</summary>
    private static readonly HashSet<string> Instants =
        ["warmUp", "start", "end", "claimUntil", "from", "until"];

    /// <summary>UTF-8 JSON of the campaign as it runs on the day of <paramref name="now"/>.</summary>
    public static byte[] At(DateTimeOffset now)
    {
        using var stream = typeof(DemoDocument).Assembly.GetManifestResourceStream(CampaignId + ".json")!;
        var document = JsonNode.Parse(stream)!;
        var start = Parse((string)document["schedule"]!["start"]!);
        var local = now.ToOffset(start.Offset).DateTime;
        var eve = DateOnly.FromDateTime(local).AddDays(TimeOnly.FromDateTime(local) < FirstRound ? 0 : 1);
        Shift(document, eve.DayNumber - Eve.DayNumber);
        return System.Text.Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private static void Shift(JsonNode? node, int days)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                {
                    Shift(item, days);
                }

                break;
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (Instants.Contains(name) && value is JsonValue instant)
                    {
                        members[name] = Parse((string)instant!)
                            .AddDays(days)
                            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
                    }
                    else
                    {
                        Shift(value, days);
                    }
                }

                break;
        }
    }

    private static DateTimeOffset Parse(string instant) =>
        DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
