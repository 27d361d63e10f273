using Campaigns.Contracts;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests;

public sealed class TakeOnVolatileTests() : TakeTests(LedgerKind.Volatile);

public sealed class TakeOnSqliteTests() : TakeTests(LedgerKind.Sqlite);

public sealed class TakeOnPostgresTests() : TakeTests(LedgerKind.Postgres);

/// <summary>Exchanges and lotteries: paid once, given once, whatever is asked twice or lost in between.</summary>
public abstract class TakeTests(LedgerKind kind) : LedgerTests(kind)
{
    private const string Daily = """
        {"id": "daily", "type": "check-in",
         "everyDay": [{"kind": "points", "amount": 10}, {"kind": "growth", "amount": 100},
                      {"kind": "chance", "activity": "wheel", "amount": 2}]}
        """;

    private const string Wheel = """
        {"id": "wheel", "type": "lottery", "prizes": [{"id": "a", "weight": 1, "rewards": []}], "fallback": "a"}
        """;

    [Fact]
    public async Task Exchange_SpendsTheCostAndGivesTheReward_OncePerKey_AlsoAfterARestart()
    {
        await using var silo = await StartAsync();
        await silo.OpenAsync(Butterflies(silo).Add(Wheel));
        await CheckInAsync(silo);

        var first = await TakeAsync(silo, "hatch", key: 5);
        await using var again = await silo.RestartAsync();
        var retry = await TakeAsync(again, "hatch", key: 5);
        var other = await TakeAsync(again, "hatch", key: 5, quantity: 2);
        var poor = await TakeAsync(again, "hatch", key: 6);

        first.Outcome.ShouldBe(Outcome.Done);
        first.Result!.Rewards.ShouldBe([new Reward("item", 1, Item: "butterfly")]);
        (retry.Outcome, retry.Replayed, retry.Result!.Chain).ShouldBe((Outcome.Done, true, first.Result.Chain));
        other.Outcome.ShouldBe(Outcome.KeyReused);
        (poor.Outcome, poor.Detail).ShouldBe((Outcome.InsufficientBalance, "costs 100, the balance is 0"));
        (await again.BalanceAsync("ada", "item:night/butterfly")).ShouldBe(1);
        (await again.BalanceAsync("ada", "growth")).ShouldBe(0);
        var statement = await again.Grains.User("ada").GetTransfers(new TransferRequest(null, 10));
        statement.Items.Where(item => item.Activity == "hatch").Select(item => (item.Unit, item.Reason, item.To))
            .ShouldBe([("item:night/butterfly", "reward", "me"), ("growth", "cost", "campaign/night/hatch")]);
    }

    [Fact]
    public async Task LastPiece_WantedByMany_IsGivenToOne_AndTheOthersKeepTheirPoints()
    {
        const int Users = 40;
        await using var silo = await StartAsync();
        await silo.OpenAsync(Butterflies(silo).Add(Wheel).Add("""
            {"id": "last", "type": "exchange", "cost": {"kind": "points", "amount": 10}, "stock": 1,
             "rewards": [{"kind": "item", "item": "trip", "amount": 1}]}
            """));
        var users = Enumerable.Range(0, Users).Select(user => $"u{user}").ToArray();
        await AllAsync(users, user => CheckInAsync(silo, user));

        var replies = await AllAsync(
            users, user => PatientAsync(() => TakeAsync(silo, "last", user: user), reply => reply.Outcome));

        replies.Count(reply => reply.Outcome == Outcome.Done).ShouldBe(1);
        replies.Where(reply => reply.Outcome != Outcome.Done)
            .ShouldAllBe(reply => reply.Outcome == Outcome.Exhausted && reply.Detail == "stock");
        var points = await AllAsync(users, user => silo.BalanceAsync(user, "points"));
        points.Order().ShouldBe([0, .. Enumerable.Repeat(10L, Users - 1)]);
        (await AllAsync(users, user => silo.BalanceAsync(user, "item:night/trip"))).Sum().ShouldBe(1);
        (await AllAsync(users, user => silo.BalanceAsync(user, "pieces"))).Sum().ShouldBe(0);
        var audit = await silo.Grains.Campaign("night").Audit();
        audit.Balanced.ShouldBeTrue();
        audit.Accounts.Single(account => account.Account == "night/last/0").Issued.ShouldBe(1);
    }

    [Fact]
    public async Task Lottery_SpendsAChanceOnce_PaysFromThePrizesStock_AndThenTheFallback()
    {
        await using var silo = await StartAsync();
        await silo.OpenAsync(Butterflies(silo).Budget("cash", 300).Add("""
            {"id": "wheel", "type": "lottery", "cost": {"kind": "chance", "activity": "wheel", "amount": 1},
             "prizes": [{"id": "cash", "weight": 1, "stock": 3, "rewards": [{"kind": "cash", "amount": 100}]},
                        {"id": "tea", "weight": 0, "rewards": [{"kind": "points", "amount": 1}]}],
             "fallback": "tea"}
            """));
        var users = Enumerable.Range(0, 5).Select(user => $"u{user}").ToArray();
        await AllAsync(users, user => CheckInAsync(silo, user));

        var replies = await AllAsync(users, user => TakeAsync(silo, "wheel", user: user));
        var again = await AllAsync(users, user => TakeAsync(silo, "wheel", user: user));

        replies.ShouldAllBe(reply => reply.Outcome == Outcome.Done);
        replies.Count(reply => reply.Result!.Choice == "cash").ShouldBe(3);
        replies.Count(reply => reply.Result!.Choice == "tea").ShouldBe(2);
        again.Select(reply => (reply.Replayed, reply.Result!.Chain))
            .ShouldBe(replies.Select(reply => (true, reply.Result!.Chain)));
        (await AllAsync(users, user => silo.BalanceAsync(user, "chance:night/wheel"))).ShouldAllBe(left => left == 1);
        (await AllAsync(users, user => silo.BalanceAsync(user))).Sum().ShouldBe(300);
        (await silo.Grains.Campaign("night").Audit()).Balanced.ShouldBeTrue();
        (await silo.Grains.User("u0").GetCampaign("night", FactSet.Empty)).Activities
            .Single(activity => activity.Id == "wheel").Chances.ShouldBe(1);
    }

    [Fact]
    public async Task FallbackThatIsUsedUpToo_IsRefused_AndTheChanceComesBack()
    {
        await using var silo = await StartAsync();
        await silo.OpenAsync(Butterflies(silo).Add("""
            {"id": "wheel", "type": "lottery", "cost": {"kind": "chance", "activity": "wheel", "amount": 1},
             "prizes": [{"id": "a", "weight": 1, "stock": 1, "rewards": [{"kind": "points", "amount": 7}]},
                        {"id": "b", "weight": 0, "stock": 1, "rewards": [{"kind": "points", "amount": 1}]}],
             "fallback": "b"}
            """));
        await CheckInAsync(silo, "ada");
        await CheckInAsync(silo, "bob");

        (await TakeAsync(silo, "wheel", key: 1)).Result!.Choice.ShouldBe("a");
        (await TakeAsync(silo, "wheel", key: 2)).Result!.Choice.ShouldBe("b");
        var none = await TakeAsync(silo, "wheel", key: 1, user: "bob");

        none.Outcome.ShouldBe(Outcome.Exhausted);
        (await silo.BalanceAsync("ada", "chance:night/wheel")).ShouldBe(0);
        (await silo.BalanceAsync("bob", "chance:night/wheel")).ShouldBe(2);
        (await TakeAsync(silo, "wheel", key: 3)).Outcome.ShouldBe(Outcome.NoChance);
    }

    [Fact]
    public async Task Password_IsAskedFor_AndWrongOnesAreLimitedPerDay()
    {
        await using var silo = await StartAsync();
        await silo.OpenAsync(Butterflies(silo).Add(Wheel).Add("""
            {"id": "pw", "type": "lottery", "password": {"value": "恭喜发财", "triesPerDay": 2},
             "perUser": {"perDay": 1},
             "prizes": [{"id": "tea", "weight": 1, "rewards": [{"kind": "points", "amount": 1}]}],
             "fallback": "tea"}
            """));

        (await SayAsync("ada", 1, "x")).Outcome.ShouldBe(Outcome.WrongPassword);
        (await SayAsync("ada", 2, null)).Outcome.ShouldBe(Outcome.WrongPassword);
        (await SayAsync("ada", 3, "恭喜发财")).Outcome.ShouldBe(Outcome.QuotaExceeded);
        (await SayAsync("bob", 1, "恭喜发财")).Outcome.ShouldBe(Outcome.Done);
        (await SayAsync("bob", 2, "恭喜发财")).Outcome.ShouldBe(Outcome.QuotaExceeded);
        silo.Time.Advance(TimeSpan.FromDays(1));
        var next = await PatientAsync(() => SayAsync("ada", 3, "恭喜发财"), reply => reply.Outcome);
        next.Outcome.ShouldBe(Outcome.Done);

        Task<TakeReply> SayAsync(string user, ulong key, string? word) =>
            TakeAsync(silo, "pw", key, user: user, password: word);
    }

    private static Document Butterflies(TestSilo silo) => new Document(silo.Time.GetUtcNow())
        .Set("catalog", """{"items": {"butterfly": {"form": "token"}, "trip": {"form": "virtual"}}}""")
        .Add(Daily)
        .Add("""
            {"id": "hatch", "type": "exchange", "cost": {"kind": "growth", "amount": 100},
             "rewards": [{"kind": "item", "item": "butterfly", "amount": 1}]}
            """);

    private static Task<CheckInReply> CheckInAsync(TestSilo silo, string user = "ada") => silo.CheckInAsync(user);

    private static Task<TakeReply> TakeAsync(
        TestSilo silo,
        string activity,
        ulong key = 1,
        int quantity = 1,
        string user = "ada",
        string? password = null) =>
        silo.Grains.User(user).Take(new TakeCommand(
            "night", activity, quantity, password, Key(key, (ulong)quantity), FactSet.Empty));
}
