using Campaigns.Contracts;

namespace Campaigns.Grains.Tests;

/// <summary>Documents with a red-packet activity night/bag.</summary>
internal static class Pools
{
    public static Document Plain(
        TestSilo silo, int count = 10, long total = 1_000, int shards = 1, string perUser = """{"total": 1}""",
        string more = "") =>
        new Document(silo.Time.GetUtcNow()).Budget("cash", 1_000_000).Add($$"""
            {"id": "bag", "type": "red-packet", "total": {{total}}, "count": {{count}}, "min": 10, "max": 500,
             "split": "double-mean", "shards": {{shards}}, "perUser": {{perUser}} {{more}} }
            """);

    /// <summary>Two rounds: early, open for another hour, and late, in the fourth hour from now.</summary>
    public static Document TwoRounds(
        TestSilo silo, int early = 4, int late = 6, int shards = 1, string perUser = """{"perRound": 1}""",
        string remainder = "refund", string more = "")
    {
        var now = silo.Time.GetUtcNow();
        return new Document(now).Budget("cash", 1_000_000).Add($$"""
            {"id": "bag", "type": "red-packet", "total": {{(early + late) * 100}}, "count": {{early + late}},
             "min": 10, "max": 900, "split": "uniform", "shards": {{shards}}, "remainder": "{{remainder}}",
             "rounds": [
               {"id": "early", "from": "{{Document.Time(now.AddMinutes(-10))}}",
                "until": "{{Document.Time(now.AddHours(1))}}", "count": {{early}}},
               {"id": "late", "from": "{{Document.Time(now.AddHours(3))}}",
                "until": "{{Document.Time(now.AddHours(4))}}", "count": {{late}}}],
             "perUser": {{perUser}} {{more}} }
            """);
    }

    public static async Task<AccountBalance> AccountAsync(TestSilo silo, string account) =>
        (await silo.Grains.Campaign("night").Audit()).Accounts.Single(one => one.Account == account);
}
