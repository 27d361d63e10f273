using Campaigns.Contracts;

namespace Campaigns.Gateway.Tests.Hosts;

internal static class TestCampaigns
{
    public static readonly string Hash = new('a', 64);

    /// <summary>Live since an hour, for another day.</summary>
    public static CampaignSummary Night(DateTimeOffset now) => new()
    {
        CampaignId = "night",
        Version = 3,
        Lifecycle = Lifecycle.Approved,
        Name = [new LocalizedText("en", "New Year's night"), new LocalizedText("zh-CN", "跨年夜")],
        Currency = "CNY",
        TimeZone = "Asia/Shanghai",
        WarmUp = now.AddDays(-1),
        Start = now.AddHours(-1),
        End = now.AddDays(1),
        ClaimUntil = now.AddDays(8),
        DocumentVersion = 1,
        Activities =
        [
            Activity("rain", "red-packet", now) with { Shards = 1, Local = true, Rounds = [Round("main", now)] },
            Activity("sharded", "red-packet", now) with { Shards = 4, Local = true, Rounds = [Round("main", now)] },
            Activity("bound", "red-packet", now) with
            {
                Shards = 1, Local = true, FactsNeeded = ["card-bound"], Rounds = [Round("main", now)],
            },
            Activity("tagged", "red-packet", now) with
            {
                Shards = 1, Local = true, NeedsTags = true, Rounds = [Round("main", now)],
            },
            Activity("rounds", "red-packet", now) with
            {
                Shards = 1, Rounds = [Round("r20", now), Round("r21", now)],
            },
            Activity("daily", "check-in", now),
            Activity("dinner", "spend-discount", now),
            Activity("hatch", "exchange", now),
            Activity("wheel", "lottery", now) with
            {
                Odds =
                [
                    new PrizeOdds("phone", 1, 100, [new SegmentOdds("vip", 3, 102)]),
                    new PrizeOdds("tea", 99, 100, [new SegmentOdds("vip", 99, 102)]),
                ],
            },
        ],
    };

    public static RoundSummary Round(string id, DateTimeOffset now, string? seed = null) =>
        new(id, now.AddHours(-1), now.AddDays(1), 1000, Hash, seed);

    private static ActivitySummary Activity(string id, string type, DateTimeOffset now) => new()
    {
        Id = id,
        Type = type,
        Name = [new LocalizedText("en", id)],
        From = now.AddHours(-1),
        Until = now.AddDays(1),
        Rounds = [],
        Shards = 0,
        Local = false,
        FactsNeeded = [],
        NeedsTags = false,
    };

    public static DrawResult Draw(long amount = 88, long entry = 7, string pool = "night/rain/0") => new(
        pool, entry, amount, "main", "main", 4, null, 0, 1, new string('c', 32),
        new DateTimeOffset(2026, 12, 31, 12, 0, 0, TimeSpan.Zero));
}
