using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Payloads;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Campaigns.Domain.Tests.CheckIns;

/// <summary>Check-ins at random times, in zones that change clocks, against lists of dates counted by hand.</summary>
public sealed class StreakModelTests
{
    private static readonly string[] Zones =
        ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland"];

    private static readonly Gen<(string Zone, int Cycle, int Days, bool Repeat, int[] Gaps)> AnyStory =
        from zone in Gen.Elements(Zones)
        from cycle in Gen.Choose(0, 8)
        from days in Gen.Choose(1, cycle == 0 ? 8 : cycle)
        from repeat in Gen.Elements(true, false)
        from gaps in Gen.Frequency((8, Gen.Choose(10 * 60, 30 * 60)), (1, Gen.Choose(0, 60)), (1, Gen.Choose(0, 5000)))
            .ArrayOf(120)
        select (zone, cycle, days, repeat, gaps);

    [Fact]
    public void Streaks_AgreeWithCountingDates() =>
        Prop.ForAll(AnyStory.ToArbitrary(), story =>
        {
            var (zone, cycle, days, repeat, gaps) = story;
            var scene = new CheckInScene(zone, Definition(cycle, days, repeat));
            var dates = new List<LocalDate>();
            var now = Instant.FromUtc(2027, 1, 1, 1, 0);
            foreach (var gap in gaps)
            {
                now += Duration.FromMinutes(gap);
                if (now >= scene.Campaign.Schedule.End)
                {
                    break;
                }

                var today = now.InZone(scene.Campaign.TimeZone).Date;
                var decision = scene.At(now);
                decision.Accepted.ShouldBe(!dates.Contains(today));
                if (decision.Accepted)
                {
                    dates.Add(today);
                    var streak = CountBack(dates, today, cycle);
                    decision.Event.Streak.ShouldBe(streak);
                    decision.Event.Rewards.Length.ShouldBe(
                        1 + (streak == days || (repeat && streak % days == 0) ? 1 : 0));
                }
            }

            scene.State.Total.ShouldBe(dates.Count);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void StateRebuiltFromAnySnapshot_DecidesTheSame() =>
        Prop.ForAll(AnyStory.ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (story, cut) =>
        {
            var (zone, cycle, days, repeat, gaps) = story;
            var scene = new CheckInScene(zone, Definition(cycle, days, repeat));
            var twin = new CheckInScene(zone, Definition(cycle, days, repeat));
            var now = Instant.FromUtc(2027, 1, 1, 1, 0);
            for (var i = 0; i < gaps.Length; i++)
            {
                now += Duration.FromMinutes(gaps[i]);
                if (i == cut)
                {
                    twin.Replace(Copy(twin.State));
                }

                var key = (ulong)(i % 50) + 1;
                Bytes(scene.At(now, key, key)).ShouldBe(Bytes(twin.At(now, key, key)));
            }
        }).QuickCheckThrowOnFailure();

    private static string Definition(int cycle, int days, bool repeat) =>
        $$"""
        "everyDay": [{"kind": "points", "amount": 1}],
        "streaks": [{"days": {{days}}, "rewards": [{"kind": "growth", "amount": 1}],
                     "repeat": {{(repeat ? "true" : "false")}}}]
        """ + (cycle == 0 ? "" : $", \"cycle\": {cycle}");

    private static int CountBack(List<LocalDate> dates, LocalDate today, int cycle)
    {
        var inARow = 0;
        for (var date = today; dates.Contains(date); date = date.PlusDays(-1))
        {
            inARow++;
        }

        return cycle == 0 ? inARow : ((inARow - 1) % cycle) + 1;
    }

    private static CheckInState Copy(CheckInState state)
    {
        var writer = new PayloadWriter();
        state.Write(writer);
        var reader = new PayloadReader(writer.ToArray());
        var copy = CheckInState.Read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        return copy;
    }

    private static string Bytes(Campaigns.Domain.Values.Decision<CheckedIn> decision)
    {
        var writer = new PayloadWriter();
        decision.Event?.Write(writer);
        return $"{decision.Refusal} {decision.Replayed} {Convert.ToHexStringLower(writer.ToArray())}";
    }
}
