using Campaigns.Simulation.Engine;
using NodaTime;

namespace Campaigns.Simulation.Plans;

/// <summary>Draws a campaign from the seed.</summary>
internal sealed class CampaignDraft(SimRandom random, DateTimeOffset start)
{
    private static readonly string[] Zones =
        ["Asia/Shanghai", "Asia/Shanghai", "America/New_York", "Europe/London", "Asia/Kathmandu", "Pacific/Auckland"];

    private readonly List<string> _activities = [];
    private readonly string _zone = random.Pick(Zones);
    private readonly AccessPlan _access = AccessPlan.Draw(random, start);
    private bool _budgetsDiscounts;

    public CampaignPlan Draw()
    {
        var which = random.Below(10);
        var end = start + TimeSpan.FromDays(random.Pick(1, 3, 9)) + TimeSpan.FromMinutes(random.Below(60));
        var bag = which is 0 or 1 or 2 or 3 or 4 or 5 ? DrawBag(end) : null;
        var daily = which is 3 or 4 or 6 or 7 or 9 ? DrawDaily() : null;
        var spend = which is 4 or 5 or 7 or 8 or 9 ? DrawSpend() : null;
        return new CampaignPlan
        {
            ZoneId = _zone,
            Start = start,
            End = end,
            Document = Document(end),
            Access = _access,
            Packets = bag,
            CheckIns = daily,
            Discounts = spend,
        };
    }

    /// <summary>Midnight of the campaign's zone after an instant, in its wall time.</summary>
    public static DateTimeOffset NextMidnight(string zoneId, DateTimeOffset after)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var local = Instant.FromDateTimeOffset(after).InZone(zone).Date;
        return zone.AtStartOfDay(local.PlusDays(1)).ToDateTimeOffset();
    }

    private string Document(DateTimeOffset end) => $$"""
        {
          "id": "{{CampaignPlan.Id}}", "name": {"en": "Night"}, "currency": "CNY", "timeZone": "{{_zone}}",
          "schedule": {"warmUp": "{{CampaignPlan.Time(start.AddHours(-1))}}",
                       "start": "{{CampaignPlan.Time(_access.Start)}}",
                       "end": "{{CampaignPlan.Time(end)}}",
                       "claimUntil": "{{CampaignPlan.Time(end.AddDays(10))}}"}{{_access.EarlyJson(start)}},
          "budget": {"cash": 10000000{{(_budgetsDiscounts ? ", \"discounts\": 10000000" : "")}}},
          "activities": [
            {{string.Join(",\n    ", _activities)}}
          ]
        }
        """;

    private BagPlan DrawBag(DateTimeOffset end)
    {
        var shards = random.Pick(1, 1, 2, 3);
        var rounds = Rounds(end);
        var counts = rounds.Select(_ => random.Between(1, 8)).ToArray();
        rounds = [.. rounds.Zip(counts, (round, count) => round with { Count = count })];
        var limits = new LimitsOf(
            random.Pick<int?>(1, 1, 2, 3, null),
            random.Pick<int?>(null, null, 1, 2),
            random.Pick<int?>(null, null, null, 2),
            rounds.Count > 1 ? random.Pick<int?>(null, 1, 2) : null);
        var (money, total, count, min, max) = rounds.Count == 1 && random.Chance(200)
            ? Listed(counts.Sum())
            : Money(counts.Sum());
        var carries = rounds.Count > 1 && random.Chance(500);
        var listed = rounds.Count == 1
            ? ""
            : ", \"rounds\": [" + string.Join(", ", rounds.Select(round =>
                $$"""{"id": "{{round.Id}}", "from": "{{CampaignPlan.Time(round.From)}}", """
                + $$""" "until": "{{CampaignPlan.Time(round.Until)}}", "count": {{round.Count}}}"""))
              + $"], \"remainder\": \"{(carries ? "next-round" : "refund")}\"";
        _activities.Add(
            $$"""{"id": "{{CampaignPlan.Bag}}", "type": "red-packet", "shards": {{shards}}, """
            + $$"""{{money}}, "perUser": {{limits.Json()}}{{listed}}"""
            + _access.DrawsJson + "}");
        return new BagPlan(shards, total, count, min, max, carries, rounds, limits);
    }

    private List<RoundOf> Rounds(DateTimeOffset end)
    {
        if (random.Chance(500))
            return [new RoundOf("main", start, end, 0)];
        var rounds = new List<RoundOf>();
        var from = start.AddMinutes(random.Below(2));
        for (var round = random.Pick(2, 2, 3); round > 0; round--)
        {
            var until = from.AddMinutes(random.Pick(10, 60, 300));
            rounds.Add(new RoundOf($"r{rounds.Count}", from, until, 0));
            from = until.AddMinutes(random.Pick(0, 10, 120));
        }

        return rounds;
    }

    private (string Json, long Total, int Count, long Min, long Max) Money(int count)
    {
        var mean = random.Between(20, 300);
        var total = (long)mean * count;
        var split = random.Pick("double-mean", "uniform", "fixed");
        var (min, max) = split == "fixed" ? (mean, (long)mean) : (Math.Max(1, mean / 4), mean * 3L);
        return (
            $"\"total\": {total}, \"count\": {count}, \"min\": {min}, \"max\": {max}, \"split\": \"{split}\"",
            total, count, min, max);
    }

    private (string Json, long Total, int Count, long Min, long Max) Listed(int count)
    {
        var few = random.Between(0, count - 1);
        var (large, small) = (random.Between(200, 900), random.Between(1, 20));
        var amounts = $$"""{"amount": {{small}}, "count": {{count - few}}}"""
            + (few > 0 ? $$""", {"amount": {{large}}, "count": {{few}}}""" : "");
        var total = ((long)few * large) + ((long)(count - few) * small);
        return ($"\"amounts\": [{amounts}]", total, count, small, few > 0 ? large : small);
    }

    private DailyPlan DrawDaily()
    {
        var cash = random.Pick(0, 0, 30);
        var cap = cash * random.Between(2, 40);
        var days = random.Pick(0, 2, 3);
        int? cycle = days > 0 ? random.Pick<int?>(null, days, days + 2) : random.Pick<int?>(null, 2);
        var plan = new DailyPlan(
            random.Between(1, 9), cash, cap, days, random.Chance(500), random.Between(10, 20), cycle,
            new LimitsOf(random.Pick<int?>(null, null, null, 2), null, null, null));
        var rewards = $$"""{"kind": "points", "amount": {{plan.Points}}}"""
            + (cash > 0 ? $$""", {"kind": "cash", "amount": {{cash}}}""" : "");
        var streaks = days == 0
            ? ""
            : $$""", "streaks": [{"days": {{days}}, "repeat": {{(plan.Repeats ? "true" : "false")}}, """
              + $$""" "rewards": [{"kind": "points", "amount": {{plan.StreakPoints}}}]}]""";
        _activities.Add(
            $$"""{"id": "{{CampaignPlan.Daily}}", "type": "check-in", "everyDay": [{{rewards}}]{{streaks}}"""
            + (cycle is { } restart ? $", \"cycle\": {restart}" : "")
            + (cash > 0 ? $$""", "caps": {"total": {{cap}}}""" : "")
            + (plan.Limits.Total is null ? "" : $", \"perUser\": {plan.Limits.Json()}") + _access.CheckInsJson + "}");
        return plan;
    }

    private SpendPlan DrawSpend()
    {
        int? percent = random.Pick<int?>(null, null, 17);
        _budgetsDiscounts = random.Chance(500);
        int? pieces = _budgetsDiscounts ? random.Between(2, 12) : random.Pick<int?>(null, random.Between(2, 12));
        var plan = new SpendPlan(
            random.Pick<int?>(null, 1, 2), random.Pick<int?>(null, 2, 4), pieces,
            TimeSpan.FromSeconds(random.Pick(3, 20, 900)), 10_000, 2_001, percent, percent is null ? null : 3_000,
            _budgetsDiscounts && random.Chance(300) ? 9_000 : null, _budgetsDiscounts,
            new LimitsOf(random.Pick<int?>(null, null, 3), null, null, null));
        var tier = percent is null
            ? $"\"off\": {plan.Off}"
            : $"\"percent\": {percent}, \"maxOff\": {plan.MaxOff}";
        _activities.Add(
            $$"""{"id": "{{CampaignPlan.Spend}}", "type": "spend-discount", "merchants": ["*"], """
            + $$""" "tiers": [{"spend": {{plan.Spend}}, {{tier}}}], """
            + $"\"holdFor\": \"PT{(int)plan.HoldFor.TotalSeconds}S\""
            + (plan.PerUserPerDay is { } perUser ? $", \"perUserPerDay\": {perUser}" : "")
            + (plan.PiecesPerDay is { } perDay ? $", \"stockPerDay\": {perDay}" : "")
            + (plan.Pieces is { } stock ? $", \"stock\": {stock}" : "")
            + (plan.Cap is { } cap ? $$""", "caps": {"total": {{cap}}}""" : "")
            + (plan.Limits.Total is null ? "" : $", \"perUser\": {plan.Limits.Json()}") + "}");
        return plan;
    }
}
