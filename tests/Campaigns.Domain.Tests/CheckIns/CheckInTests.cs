using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Fairness;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Values;
using NodaTime;

namespace Campaigns.Domain.Tests.CheckIns;

public sealed class CheckInTests
{
    private const string Weekly = """
        "everyDay": [{"kind": "points", "amount": 5}],
        "streaks": [{"days": 7, "rewards": [{"kind": "chance", "activity": "scan", "amount": 1}], "repeat": true}],
        "cycle": 7
        """;

    private static readonly GrantedReward Points = new(RewardKind.Points, 5);
    private static readonly GrantedReward Chance = new(RewardKind.Chance, 1, "scan");

    [Fact]
    public void SevenDaysInARow_EarnTheStreakAndRestartTheCycle()
    {
        var scene = new CheckInScene("Asia/Shanghai", Weekly);

        var streaks = Enumerable.Range(1, 9).Select(day => scene.At($"2027-02-0{day} 12:00").Event!).ToList();

        streaks.Select(one => one.Streak).ShouldBe([1, 2, 3, 4, 5, 6, 7, 1, 2]);
        streaks[5].Rewards.ShouldBe([Points]);
        streaks[6].Rewards.ShouldBe([Points, Chance]);
        streaks[7].Rewards.ShouldBe([Points]);
    }

    [Fact]
    public void MissedDay_BreaksTheStreak()
    {
        var scene = new CheckInScene("Asia/Shanghai", Weekly);
        scene.At("2027-02-01 12:00");
        scene.At("2027-02-02 12:00");

        scene.At("2027-02-04 12:00").Event!.Streak.ShouldBe(1);
        scene.At("2027-02-05 12:00").Event!.Streak.ShouldBe(2);
    }

    [Fact]
    public void StreakOfAMissedDay_IsShownAsGone()
    {
        var scene = new CheckInScene("Asia/Shanghai", Weekly);
        var day = scene.At("2027-02-01 12:00").Event!.Day;

        scene.State.StreakOn(day).ShouldBe(1);
        scene.State.StreakOn(day + 1).ShouldBe(1);
        scene.State.StreakOn(day + 2).ShouldBe(0);
        scene.State.CheckedInOn(day).ShouldBeTrue();
        scene.State.CheckedInOn(day + 1).ShouldBeFalse();
    }

    [Fact]
    public void ShanghaiMidnight_SeparatesTwoDaysThatAreOneInUtc()
    {
        var scene = new CheckInScene("Asia/Shanghai", Weekly);

        scene.At(Instant.FromUtc(2027, 2, 5, 15, 59, 59)).Event!.Streak.ShouldBe(1);
        scene.At(Instant.FromUtc(2027, 2, 5, 16, 0, 0)).Event!.Streak.ShouldBe(2);
        scene.At(Instant.FromUtc(2027, 2, 6, 15, 59, 59)).Refusal.ShouldBe(Refusal.AlreadyCheckedIn);
    }

    [Theory]
    [InlineData("2027-03-27", "2027-03-28", "2027-03-29")]
    [InlineData("2027-10-30", "2027-10-31", "2027-11-01")]
    public void BerlinClockChange_NeitherBreaksNorDoublesAStreak(string before, string change, string after)
    {
        var scene = new CheckInScene("Europe/Berlin", Weekly);

        scene.At($"{before} 23:59").Event!.Streak.ShouldBe(1);
        scene.At($"{change} 00:00").Event!.Streak.ShouldBe(2);
        scene.At($"{change} 02:30").Refusal.ShouldBe(Refusal.AlreadyCheckedIn);
        scene.At($"{change} 23:59").Refusal.ShouldBe(Refusal.AlreadyCheckedIn);
        scene.At($"{after} 00:00").Event!.Streak.ShouldBe(3);
    }

    [Fact]
    public void BerlinHourThatComesTwice_IsOneDay()
    {
        var scene = new CheckInScene("Europe/Berlin", Weekly);

        scene.At(Instant.FromUtc(2027, 10, 31, 0, 30)).Accepted.ShouldBeTrue();
        scene.At(Instant.FromUtc(2027, 10, 31, 1, 30)).Refusal.ShouldBe(Refusal.AlreadyCheckedIn);
        scene.At(Instant.FromUtc(2027, 10, 31, 22, 59)).Refusal.ShouldBe(Refusal.AlreadyCheckedIn);
        scene.At(Instant.FromUtc(2027, 10, 31, 23, 0)).Event!.Streak.ShouldBe(2);
    }

    [Fact]
    public void WithoutCycle_StreaksGoOnAndMultiplesRepeat()
    {
        var scene = new CheckInScene("Asia/Shanghai", """
            "streaks": [{"days": 3, "rewards": [{"kind": "growth", "amount": 30}], "repeat": true},
                        {"days": 6, "rewards": [{"kind": "growth", "amount": 60}]}]
            """);

        var granted = Enumerable.Range(1, 9)
            .Select(day => scene.At($"2027-02-0{day} 08:00").Event!.Rewards.Sum(reward => reward.Amount));

        granted.ShouldBe([0, 0, 30, 0, 0, 90, 0, 0, 30]);
    }

    [Fact]
    public void SecondCheckInOfADay_LeavesTheOriginalAtHand()
    {
        var scene = new CheckInScene("Asia/Shanghai", Weekly);
        var first = scene.At("2027-02-05 00:00").Event;

        scene.At("2027-02-05 23:59").Refusal.ShouldBe(Refusal.AlreadyCheckedIn);
        scene.State.Last.ShouldBe(first);
    }

    [Fact]
    public void KeyOfAnyEarlierDay_ReplaysItsCheckIn()
    {
        var scene = new CheckInScene("Asia/Shanghai", Weekly);
        var first = scene.At("2027-02-05 10:00", key: 11, body: 1).Event;
        scene.At("2027-02-06 10:00", key: 12, body: 1);

        var replay = scene.Decide(scene.Instant("2027-02-07 10:00"), key: 11, body: 1);

        replay.Replayed.ShouldBeTrue();
        replay.Event.ShouldBe(first);
    }

    [Fact]
    public void KeyWithAnotherBody_IsRefused()
    {
        var scene = new CheckInScene("Asia/Shanghai", Weekly);
        scene.At("2027-02-05 10:00", key: 11, body: 1);

        scene.At("2027-02-05 11:00", key: 11, body: 2).Refusal.ShouldBe(Refusal.KeyReused);
    }

    [Fact]
    public void Replay_IsAnsweredThoughTheCampaignIsPaused()
    {
        var scene = new CheckInScene("Asia/Shanghai", Weekly);
        scene.At("2027-02-05 10:00", key: 11, body: 1);
        scene.Standing = scene.Standing with { Paused = true };

        scene.At("2027-02-05 10:01", key: 11, body: 1).Replayed.ShouldBeTrue();
        scene.At("2027-02-05 10:01", key: 12, body: 1).Refusal.ShouldBe(Refusal.Paused);
    }

    [Fact]
    public void RefusedKey_StaysUnused()
    {
        var scene = new CheckInScene("Asia/Shanghai", Weekly);
        scene.At("2027-02-05 10:00", key: 11, body: 1);
        scene.At("2027-02-05 11:00", key: 12, body: 1).Refusal.ShouldBe(Refusal.AlreadyCheckedIn);

        scene.At("2027-02-06 00:00", key: 12, body: 2).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void DateThatIsNotToday_IsTheWrongDay()
    {
        var scene = new CheckInScene("Asia/Shanghai", Weekly);
        scene.At("2027-02-05 10:00");

        scene.At("2027-02-05 11:00", date: new LocalDate(2027, 2, 4)).ShouldSatisfyAllConditions(
            decision => decision.Refusal.ShouldBe(Refusal.WrongDay),
            decision => decision.Detail.ShouldBe("today is 2027-02-05"));
        scene.At("2027-02-05 11:00", date: new LocalDate(2027, 2, 6)).Refusal.ShouldBe(Refusal.WrongDay);
        scene.At("2027-02-05 11:00", date: new LocalDate(2027, 2, 5)).Refusal.ShouldBe(Refusal.AlreadyCheckedIn);
        scene.At("2027-02-06 11:00", date: new LocalDate(2027, 2, 6)).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void Precedence_IsThatOfTheRefusals()
    {
        var scene = new CheckInScene("Asia/Shanghai", """
            "requires": [{"fact": "f"}], "perUser": {"total": 1}
            """);
        var eligible = Facts.Of(1, [new("f", FactValue.Of(true))]);
        var wrong = new LocalDate(2027, 2, 1);
        scene.Facts = eligible;
        scene.At("2027-02-05 10:00");
        scene.Facts = Facts.Empty;

        var told = new List<Refusal> { Tell("2026-12-31 10:00"), Tell("2028-01-02 10:00"), Tell("2027-02-05 11:00") };
        scene.Facts = eligible;
        told.Add(Tell("2027-02-05 11:00"));
        told.Add(scene.At("2027-02-05 11:00").Refusal);
        told.Add(scene.At("2027-02-06 11:00").Refusal);
        scene.Standing = scene.Standing with { Paused = true };
        told.Insert(0, Tell("2026-12-31 10:00"));

        told.ShouldBe([
            Refusal.Paused, Refusal.NotStarted, Refusal.Ended, Refusal.NotEligible, Refusal.WrongDay,
            Refusal.AlreadyCheckedIn, Refusal.QuotaExceeded]);
        told.ShouldBe(told.Order());

        Refusal Tell(string local) => scene.At(local, date: wrong).Refusal;
    }

    [Fact]
    public void MonthlyLimit_CountsTheMonthsOfTheZone()
    {
        var scene = new CheckInScene("Asia/Shanghai", "\"perUser\": {\"perMonth\": 2}");

        scene.At("2027-02-26 10:00").Accepted.ShouldBeTrue();
        scene.At("2027-02-27 10:00").Accepted.ShouldBeTrue();
        scene.At("2027-02-28 23:59").ShouldSatisfyAllConditions(
            decision => decision.Refusal.ShouldBe(Refusal.QuotaExceeded),
            decision => decision.Detail.ShouldBe("2 a month"));
        scene.At("2027-03-01 00:00").Accepted.ShouldBeTrue();
        scene.State.InMonth(202703).ShouldBe(1);
        scene.State.InMonth(202702).ShouldBe(0);
    }

    [Fact]
    public void AmountBetweenMinAndMax_ComesFromTheSeed()
    {
        var scene = new CheckInScene("Asia/Shanghai", """
            "everyDay": [{"kind": "cash", "min": 3, "max": 9}, {"kind": "points", "amount": 2}], "caps": {"total": 100}
            """);
        var amounts = new Recorded(7);

        var decision = CheckIn.Decide(
            scene.State, scene.Campaign, scene.Activity, Standing.Approved, 1,
            new CheckInCommand(0, 0, null, Facts.Empty), scene.Instant("2027-02-05 10:00"), amounts);

        decision.Event!.Rewards.ShouldBe(
            [new GrantedReward(RewardKind.Cash, 7), new GrantedReward(RewardKind.Points, 2)]);
        amounts.Asked.ShouldBe([(3, 9)]);
    }

    [Fact]
    public void ShorterCycleInANewVersion_RestartsAtOnce()
    {
        var scene = new CheckInScene("Asia/Shanghai", "\"everyDay\": []");
        for (var day = 1; day <= 5; day++)
        {
            scene.At($"2027-02-0{day} 10:00");
        }

        var shorter = new CheckInScene("Asia/Shanghai", "\"cycle\": 3");
        shorter.Replace(scene.State);

        shorter.At("2027-02-06 10:00").Event!.Streak.ShouldBe(1);
    }

    private sealed class Recorded(long answer) : IAmountSource
    {
        public List<(long Min, long Max)> Asked { get; } = [];

        public long Uniform(long min, long max)
        {
            Asked.Add((min, max));
            return answer;
        }
    }
}
