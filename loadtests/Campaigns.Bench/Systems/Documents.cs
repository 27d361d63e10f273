using System.Globalization;
using System.Text.Json;
using Campaigns.Bench.Generator;

namespace Campaigns.Bench.Systems;

/// <summary>Campaigns that are live now and whose condition the token answers.</summary>
internal static class Documents
{
    public const string CheckIn = "daily";

    public static string DrawPath(string campaign) =>
        $"/v1/campaigns/{campaign}/activities/{BenchSystem.Activity}/draws";

    public static string Pool(string campaign, int count, long total, int shards = 1) => Campaign(
        campaign,
        new { cash = total },
        new
        {
            id = BenchSystem.Activity,
            type = "red-packet",
            total,
            count,
            min = 1,
            max = 1000,
            split = "double-mean",
            shards,
            perUser = new { total = 1 },
            requires = Conditions,
        });

    public static string CheckIns(string campaign) => Campaign(
        campaign,
        new { },
        new
        {
            id = CheckIn,
            type = "check-in",
            everyDay = (object[])[new { kind = "points", amount = 5 }],
            requires = Conditions,
        });

    private static object[] Conditions => [new { fact = TokenMint.Fact }];

    private static string Campaign(string id, object budget, object activity)
    {
        var now = DateTimeOffset.UtcNow;
        return JsonSerializer.Serialize(new
        {
            id,
            name = new { en = "Bench" },
            currency = "CNY",
            timeZone = "Asia/Shanghai",
            schedule = new
            {
                warmUp = Text(now.AddDays(-2)),
                start = Text(now.AddDays(-1)),
                end = Text(now.AddDays(1)),
                claimUntil = Text(now.AddDays(2)),
            },
            budget,
            activities = (object[])[activity],
        });
    }

    private static string Text(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
