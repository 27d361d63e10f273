using System.Globalization;
using Campaigns.Contracts;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests;

public sealed class CheckInOnVolatileTests() : CheckInTests(LedgerKind.Volatile);

public sealed class CheckInOnSqliteTests() : CheckInTests(LedgerKind.Sqlite);

public sealed class CheckInOnPostgresTests() : CheckInTests(LedgerKind.Postgres);

public abstract class CheckInTests(LedgerKind kind) : LedgerTests(kind)
{
    private const int Refused = 0;

    /// <summary>Instants and the streak of a check-in then.</summary>
    private static readonly (string At, int Streak)[] TwelveDaysInShanghai =
    [
        ("2027-02-01T23:59+08", 1),
        ("2027-02-02T00:00+08", 2),
        ("2027-02-02T23:59+08", Refused),
        ("2027-02-03T12:00+08", 3),
        ("2027-02-04T12:00+08", 4),
        ("2027-02-05T12:00+08", 5),
        ("2027-02-06T12:00+08", 6),
        ("2027-02-07T23:59+08", 7),
        ("2027-02-08T00:00+08", 1),
        ("2027-02-09T12:00+08", 2),
        ("2027-02-11T08:00+08", 1),
        ("2027-02-12T12:00+08", 2),
    ];

    [Theory]
    [InlineData(1_000)]
    [InlineData(1)]
    public async Task TwelveDaysInShanghai_ReloadedEachDay_GiveTheStreak_RestartTheCycle_AndAMissedDayBreaksIt(
        int snapshotOnSleep)
    {
        var grains = new GrainOptions { SnapshotOnSleep = snapshotOnSleep };
        await using var silo = await WalkAsync("Asia/Shanghai", TwelveDaysInShanghai, grains);

        ((await silo.SnapshotsAsync()).Count > 0).ShouldBe(snapshotOnSleep == 1);
        (await silo.BalanceAsync("ada", "points")).ShouldBe((11 * 5) + 100);
        await silo.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task DayOf23Hours_WhenBerlinSetsItsClocksForward_IsOneDayOfTheStreak()
    {
        await using var silo = await WalkAsync("Europe/Berlin", [
            ("2027-03-27T23:59+01", 1),
            ("2027-03-28T00:00+01", 2),
            ("2027-03-28T01:59+01", Refused),
            ("2027-03-28T03:00+02", Refused),
            ("2027-03-28T23:59+02", Refused),
            ("2027-03-29T00:00+02", 3),
        ]);

        (await silo.BalanceAsync("ada", "points")).ShouldBe(3 * 5);
    }

    [Fact]
    public async Task DayOf25Hours_WhenBerlinSetsItsClocksBack_IsOneDayOfTheStreak()
    {
        await using var silo = await WalkAsync("Europe/Berlin", [
            ("2027-10-30T23:59+02", 1),
            ("2027-10-31T00:00+02", 2),
            ("2027-10-31T02:30+02", Refused),
            ("2027-10-31T02:30+01", Refused),
            ("2027-10-31T23:59+01", Refused),
            ("2027-11-01T00:00+01", 3),
        ]);

        (await silo.BalanceAsync("ada", "points")).ShouldBe(3 * 5);
    }

    [Fact]
    public async Task SecondCheckInOfADay_IsToldTheFirst_AndItsRetryGetsTheSameAnswer()
    {
        await using var silo = await StartAsync();
        await silo.OpenAsync(Daily(silo, "Asia/Shanghai"));

        var first = await CheckInAsync(silo, key: 7);
        var retry = await CheckInAsync(silo, key: 7);
        var second = await CheckInAsync(silo, key: 8);

        retry.Outcome.ShouldBe(Outcome.Done);
        retry.Replayed.ShouldBeTrue();
        retry.Result!.Rewards.ShouldBe(first.Result!.Rewards);
        second.Outcome.ShouldBe(Outcome.AlreadyCheckedIn);
        second.Result!.Date.ShouldBe(first.Result.Date);
    }

    [Fact]
    public async Task CashOfCheckIns_WhenTheCapIsUsedUp_IsRefusedAndNeverExceeded()
    {
        await using var silo = await StartAsync();
        await silo.OpenAsync(new Document(silo.Time.GetUtcNow()).Budget("cash", 100).Add("""
            {"id": "daily", "type": "check-in", "everyDay": [{"kind": "cash", "amount": 30}], "caps": {"total": 100}}
            """));

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(user => CheckInAsync(silo, key: 1, user: $"u{user}")));

        replies.Count(reply => reply.Outcome == Outcome.Done).ShouldBe(3);
        replies.Where(reply => reply.Outcome != Outcome.Done)
            .ShouldAllBe(reply => reply.Outcome == Outcome.BudgetExhausted);
        var winner = Array.FindIndex(replies, reply => reply.Outcome == Outcome.Done);
        (await silo.Grains.User($"u{winner}").Get()).Balances.ShouldBe([new Balance("cash", 30)]);
        (await CheckInAsync(silo, key: 1, user: $"u{winner}")).Replayed.ShouldBeTrue();
        var audit = await silo.Grains.Campaign("night").Audit();
        audit.Balanced.ShouldBeTrue();
        audit.Accounts.Single(account => account.Account == "night/daily/0").Issued.ShouldBe(90);
    }

    [Fact]
    public async Task Statement_ListsRewardsNewestFirst_PageByPage()
    {
        await using var silo = await StartAsync();
        silo.Time.Set(new DateTimeOffset(2027, 2, 1, 12, 0, 0, TimeSpan.FromHours(8)));
        await silo.OpenAsync(Daily(silo, "Asia/Shanghai"));
        for (var day = 0; day < 5; day++)
        {
            await CheckInAsync(silo, key: (ulong)day + 1);
            silo.Time.Advance(TimeSpan.FromDays(1));
        }

        var first = await silo.Grains.User("ada").GetTransfers(new TransferRequest(null, 3));
        var second = await silo.Grains.User("ada").GetTransfers(new TransferRequest(first.Next, 3));

        first.Items.Length.ShouldBe(3);
        second.Items.Length.ShouldBe(2);
        second.Next.ShouldBeNull();
        var all = first.Items.Concat(second.Items).ToList();
        all.ShouldAllBe(item =>
            item.Unit == "points" && item.Amount == 5 && item.To == "me" && item.Reason == "check-in"
            && item.Campaign == "night" && item.Activity == "daily");
        all.Select(item => item.At).ShouldBe(all.Select(item => item.At).OrderDescending());
    }

    /// <summary>Checks in at each instant, on a silo that has just loaded the user from the journal.</summary>
    private async Task<TestSilo> WalkAsync(string zone, (string At, int Streak)[] steps, GrainOptions? grains = null)
    {
        var silo = await StartAsync(grains);
        silo.Time.Set(Parse(steps[0].At));
        await silo.OpenAsync(Daily(silo, zone));
        for (var step = 0; step < steps.Length; step++)
        {
            silo = await silo.RestartAsync(grains);
            var (at, streak) = steps[step];
            silo.Time.Set(Parse(at));
            var reply = await PatientAsync(() => CheckInAsync(silo, key: (ulong)step + 1), reply => reply.Outcome);
            reply.Outcome.ShouldBe(streak == Refused ? Outcome.AlreadyCheckedIn : Outcome.Done, at);
            reply.Result!.Date.ToString().ShouldBe(at[..10], at);
            if (streak != Refused)
            {
                reply.Result.Streak.ShouldBe(streak, at);
            }
        }

        return silo;
    }

    private static DateTimeOffset Parse(string at) =>
        DateTimeOffset.ParseExact(at, "yyyy-MM-dd'T'HH:mmzz", CultureInfo.InvariantCulture);

    private static Document Daily(TestSilo silo, string zone) =>
        new Document(silo.Time.GetUtcNow(), timeZone: zone).Add("""
            {"id": "daily", "type": "check-in", "everyDay": [{"kind": "points", "amount": 5}],
             "streaks": [{"days": 7, "rewards": [{"kind": "points", "amount": 100}], "repeat": true}], "cycle": 7}
            """);

    private static Task<CheckInReply> CheckInAsync(TestSilo silo, ulong key, string user = "ada") =>
        silo.Grains.User(user).CheckIn(
            new CheckInCommand("night", "daily", null, new Operation(key, 1), FactSet.Empty));
}
