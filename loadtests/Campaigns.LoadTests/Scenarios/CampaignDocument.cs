using System.Globalization;
using System.Text.Json;
using Campaigns.LoadTests.Runs;

namespace Campaigns.LoadTests.Scenarios;

/// <summary>Campaign documents that are live now and large enough for the run.</summary>
internal static class CampaignDocument
{
    /// <summary>Fen, on average.</summary>
    private const int Packet = 100;

    /// <summary>Fen off an order.</summary>
    private const int Off = 2_000;

    public static string Of(LoadPlan plan, params object[] activities) => Of(plan, plan.Campaign, activities);

    public static string Of(LoadPlan plan, string campaign, object[] activities) => JsonSerializer.Serialize(new
    {
        id = campaign,
        name = new { en = "Load test " + plan.RunId },
        currency = "CNY",
        timeZone = "Asia/Shanghai",
        schedule = new
        {
            warmUp = Time(-48), start = Time(-24), end = Time(30 * 24), claimUntil = Time(31 * 24),
        },
        activities,
    });

    /// <summary>A pool of packets of 1 to 1000 fen, once per user.</summary>
    public static object Pool(string id, int packets, int shards = 1) => new
    {
        id,
        type = "red-packet",
        total = (long)packets * Packet,
        count = packets,
        min = 1,
        max = 10 * Packet,
        split = "double-mean",
        shards,
        perUser = new { total = 1 },
    };

    /// <summary>1 to 100 points a day, so that the audit has something to tell apart.</summary>
    public static object CheckIn(string id) => new
    {
        id,
        type = "check-in",
        everyDay = (object[])[new { kind = "points", min = 1, max = 100 }],
    };

    public static object Discount(string id, int orders) => new
    {
        id,
        type = "spend-discount",
        tiers = (object[])[new { spend = 10_000, off = Off }],
        perUserPerDay = 2,
        stock = orders,
        merchants = (string[])["*"],
        channel = "any",
        holdFor = "PT15M",
    };

    private static string Time(int hours) => DateTimeOffset.UtcNow.AddHours(hours)
        .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
