using Campaigns.Contracts;

namespace Campaigns.Grains.Tests;

public sealed class CheckInTests
{
    [Fact]
    public async Task SevenDaysInARow_AcrossMidnightInShanghai_GiveTheStreakReward_AndAMissedDayBreaksIt()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Time.Set(new DateTimeOffset(2027, 2, 1, 23, 58, 0, TimeSpan.FromHours(8)));
        await silo.OpenAsync(Daily(silo, "Asia/Shanghai"));

        var streaks = new List<int>();
        for (var day = 0; day < 7; day++)
        {
            streaks.Add((await CheckInAsync(silo, key: (ulong)day + 1)).Result!.Streak);
            silo.Time.Advance(TimeSpan.FromDays(1));
        }

        silo.Time.Advance(TimeSpan.FromDays(1));
        var afterGap = await CheckInAsync(silo, key: 100);

        streaks.ShouldBe([1, 2, 3, 4, 5, 6, 7]);
        afterGap.Result!.Streak.ShouldBe(1);
        var me = await silo.Grains.User("ada").Get();
        me.Balances.ShouldContain(new Balance("points", (8 * 5) + 100));
    }

    [Fact]
    public async Task Streak_WhenClocksChangeInBerlin_CountsBusinessDaysNotHours()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Time.Set(new DateTimeOffset(2027, 3, 27, 23, 30, 0, TimeSpan.FromHours(1)));
        await silo.OpenAsync(Daily(silo, "Europe/Berlin"));

        (await CheckInAsync(silo, 1)).Result!.Streak.ShouldBe(1);
        silo.Time.Set(new DateTimeOffset(2027, 3, 28, 0, 10, 0, TimeSpan.FromHours(1)));
        (await CheckInAsync(silo, 2)).Result!.Streak.ShouldBe(2);
        silo.Time.Set(new DateTimeOffset(2027, 3, 28, 23, 59, 0, TimeSpan.FromHours(2)));
        (await CheckInAsync(silo, 3)).Outcome.ShouldBe(Outcome.AlreadyCheckedIn);
        silo.Time.Set(new DateTimeOffset(2027, 3, 29, 0, 1, 0, TimeSpan.FromHours(2)));
        (await CheckInAsync(silo, 4)).Result!.Streak.ShouldBe(3);
    }

    [Fact]
    public async Task SecondCheckInOfADay_IsToldTheFirst_AndItsRetryGetsTheSameAnswer()
    {
        await using var silo = await TestSilo.StartAsync();
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
        await using var silo = await TestSilo.StartAsync();
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
        await using var silo = await TestSilo.StartAsync();
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

    private static Document Daily(TestSilo silo, string zone) =>
        new Document(silo.Time.GetUtcNow(), timeZone: zone).Add("""
            {"id": "daily", "type": "check-in", "everyDay": [{"kind": "points", "amount": 5}],
             "streaks": [{"days": 7, "rewards": [{"kind": "points", "amount": 100}], "repeat": true}], "cycle": 7}
            """);

    private static Task<CheckInReply> CheckInAsync(TestSilo silo, ulong key, string user = "ada") =>
        silo.Grains.User(user).CheckIn(
            new CheckInCommand("night", "daily", null, new Operation(key, 1), FactSet.Empty));
}
