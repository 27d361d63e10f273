using System.Text.Json;

namespace Campaigns.System.Tests.Documents;

/// <summary>A campaign with one activity of each kind that is built.</summary>
internal static class NightDocument
{
    public const string Id = "night";

    /// <summary>Another campaign of a day, with what a test is about.</summary>
    /// <param name="activities">Objects of JSON, separated by commas.</param>
    public static string With(string id, string catalog, string activities) => $$"""
        {"id": "{{id}}", "name": {"en": "Night"}, "currency": "CNY", "timeZone": "Asia/Shanghai",
         "schedule": {{JsonSerializer.Serialize(PoolDocument.Schedule(TimeSpan.FromDays(1)))}},
         "budget": {"cash": 10000}, "catalog": {{catalog}}, "activities": [{{activities}}]}
        """;

    public static string Json() => JsonSerializer.Serialize(new
    {
        id = Id,
        name = new { en = "Night" },
        currency = "CNY",
        timeZone = "Asia/Shanghai",
        schedule = PoolDocument.Schedule(TimeSpan.FromDays(1)),
        budget = new { cash = 10_000, discounts = 20_000 },
        activities = (object[])
        [
            new
            {
                id = "rain",
                type = "red-packet",
                total = 10_000,
                count = 100,
                min = 1,
                max = 1_000,
                split = "double-mean",
                perUser = new { total = 1 },
            },
            new
            {
                id = "daily",
                type = "check-in",
                everyDay = (object[])[new { kind = "points", amount = 5 }],
            },
            new
            {
                id = "dinner",
                type = "spend-discount",
                tiers = (object[])[new { spend = 10_000, off = 2_000 }],
                perUserPerDay = 2,
                stock = 10,
                merchants = (string[])["*"],
                channel = "any",
                holdFor = "PT15M",
            },
        ],
    });
}
