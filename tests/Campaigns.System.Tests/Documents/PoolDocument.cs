using System.Globalization;
using System.Text.Json;

namespace Campaigns.System.Tests.Documents;

/// <summary>Campaign documents that are live now.</summary>
internal static class PoolDocument
{
    public const string Pool = "pool";

    /// <summary>One red-packet pool, once per user.</summary>
    public static string Of(string id, int count, long total, int shards = 1, long min = 1, long max = 1000) =>
        JsonSerializer.Serialize(new
        {
            id,
            name = new { en = "Load" },
            currency = "CNY",
            timeZone = "Asia/Shanghai",
            schedule = Schedule(TimeSpan.FromDays(1)),
            budget = new { cash = total },
            activities = (object[])
            [
                new
                {
                    id = Pool,
                    type = "red-packet",
                    total,
                    count,
                    min,
                    max,
                    split = "double-mean",
                    shards,
                    perUser = new { total = 1 },
                },
            ],
        });

    public static object Schedule(TimeSpan length)
    {
        var now = DateTimeOffset.UtcNow;
        return new
        {
            warmUp = Text(now.AddDays(-2)),
            start = Text(now.AddDays(-1)),
            end = Text(now + length),
            claimUntil = Text(now + length + TimeSpan.FromDays(1)),
        };
    }

    private static string Text(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
