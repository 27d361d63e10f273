using Campaigns.Contracts;
using Campaigns.Domain.Values;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Phases;

/// <summary>More budget, while the campaign is live.</summary>
public sealed class RevisionTests
{
    private const string Daily =
        """{"id": "daily", "type": "check-in", "everyDay": [{"kind": "cash", "amount": 30}], "caps": {"total": 30}}""";

    private const string Bag = """
        {"id": "bag", "type": "red-packet", "total": 1000, "count": 10, "min": 10, "max": 500, "split": "uniform"}
        """;

    [Fact]
    public async Task MoreBudget_ReachesTheStocksThatWereUsedUp_AndEveryAccountAddsUp()
    {
        await using var silo = await TestSilo.StartAsync();
        var now = silo.Time.GetUtcNow();
        await silo.OpenAsync(Night(now, stock: 1, cap: 30));
        (await silo.ReserveAsync("ada", "o1")).Outcome.ShouldBe(Outcome.Done);
        (await silo.CheckInAsync("ada")).Outcome.ShouldBe(Outcome.Done);
        (await silo.ReserveAsync("bob", "o2")).Outcome.ShouldBe(Outcome.Exhausted);
        (await silo.CheckInAsync("bob")).Outcome.ShouldBe(Outcome.BudgetExhausted);

        var revised = await ReviseAsync(silo, Night(now, stock: 3, cap: 90, cash: 70_000), ifMatch: 1);

        (revised.Campaign!.Version, revised.Campaign.Revision!.Version).ShouldBe((1, 2));
        (await silo.ReserveAsync("bob", "o3")).Outcome.ShouldBe(Outcome.Exhausted, "it is not approved yet");
        (await silo.ActAsync("night", LifecycleAction.Approve, "planner")).ShouldBe(Outcome.Forbidden);
        (await silo.ActAsync("night", LifecycleAction.Approve, "approver")).ShouldBe(Outcome.Done);
        await EventuallyAsync(
            async () => (await silo.ReserveAsync("bob", "o4")).Outcome == Outcome.Done, "the stock has more");
        await EventuallyAsync(
            async () => (await silo.CheckInAsync("bob")).Outcome == Outcome.Done, "the meter has more");

        var accounts = await silo.ShouldBeCleanAsync();
        accounts.Single(one => one is { Account: "night/spend/0", Unit: "discount" }).Funded.ShouldBe(6_000);
        accounts.Single(one => one is { Account: "night/spend/0", Unit: Units.Pieces }).Funded.ShouldBe(3);
        accounts.Single(one => one is { Account: "night/daily/0" }).Funded.ShouldBe(90);
        var campaign = accounts.Single(one => one is { Account: "night", Unit: "cash" });
        (campaign.Funded, campaign.Issued).ShouldBe((70_000, 90 + 1_000));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    [InlineData((1L << 32) + 1)]
    [InlineData(long.MaxValue)]
    public async Task RevisionOfAnotherVersion_IsStale(long ifMatch)
    {
        await using var silo = await TestSilo.StartAsync();
        var night = Night(silo.Time.GetUtcNow(), stock: 5, cap: 90);
        await silo.OpenAsync(night);

        var reply = await silo.Grains.Campaign("night").Replace(
            new DocumentCommand(night.ToUtf8(), "planner", ifMatch));

        reply.Outcome.ShouldBe(Outcome.Stale);
    }

    [Fact]
    public async Task Author_IsWhoWroteTheDocumentLast()
    {
        await using var silo = await TestSilo.StartAsync();
        var document = Night(silo.Time.GetUtcNow(), stock: 5, cap: 90).ToUtf8();
        var campaign = silo.Grains.Campaign("night");

        (await campaign.Create(new DocumentCommand(document, "zoe", null))).Campaign!.Author.ShouldBe("zoe");
        (await campaign.Replace(new DocumentCommand(document, "ann", 1))).Campaign!.Author.ShouldBe("ann");
        (await campaign.Replace(new DocumentCommand(document, "zoe", 2))).Campaign!.Author.ShouldBe("zoe");
    }

    [Fact]
    public async Task UnsafeRevision_IsRefusedWithEveryFault_AndChangesNothing()
    {
        await using var silo = await TestSilo.StartAsync();
        var now = silo.Time.GetUtcNow();
        await silo.OpenAsync(Night(now, stock: 5, cap: 90));
        var before = (await silo.EntriesAsync(StreamNames.Campaign("night"))).Count;

        var reply = await silo.Grains.Campaign("night").Replace(
            new DocumentCommand(Night(now, stock: 4, cap: 60, cash: 9_000).ToUtf8(), "planner", 1));

        reply.Outcome.ShouldBe(Outcome.Invalid);
        reply.Faults!.Select(fault => fault.Path).ShouldBe(
            ["$.budget.cash", "$.activities[1].caps.total", "$.activities[2].stock"], ignoreOrder: true);
        (await silo.EntriesAsync(StreamNames.Campaign("night"))).Count.ShouldBe(before);
    }

    [Fact]
    public async Task AddedActivity_HasItsHashPublishedAtOnce_AndOpensAtItsTime()
    {
        await using var silo = await TestSilo.StartAsync();
        var now = silo.Time.GetUtcNow();
        await silo.OpenAsync(Night(now, stock: 5, cap: 90));
        var hash = (await silo.Grains.Campaign("night").GetSummary(1))!.FindActivity("bag")!.Rounds[0].SeedHash;
        var from = now.AddHours(2);
        await ReviseAsync(silo, Night(now, stock: 5, cap: 90).Add($$"""
            {"id": "bonus", "type": "red-packet", "total": 200, "count": 2, "min": 10, "max": 190,
             "split": "uniform", "window": {"from": "{{Document.Time(from)}}"} }
            """), ifMatch: 1);
        await silo.ActAsync("night", LifecycleAction.Approve, "approver");

        var summary = (await silo.Grains.Campaign("night").GetSummary(1))!;
        summary.FindActivity("bonus")!.Rounds[0].SeedHash.ShouldNotBeNull().ShouldNotBe(hash);
        summary.FindActivity("bag")!.Rounds[0].SeedHash.ShouldBe(hash, "what was published stays");
        var pool = silo.Grains.PacketPool("night", "bonus", 0);
        await EventuallyAsync(async () => await DrawBonusAsync(pool) == Outcome.NotStarted, "the silo knows of it");
        silo.Time.Advance(TimeSpan.FromHours(2));
        (await PatientAsync(() => DrawAsync(pool), reply => reply.Outcome)).Result!.Amount.ShouldBeInRange(10, 190);
        await silo.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task RevisionThatWaits_OutlivesARestart_AndIsFundedOnce()
    {
        var silo = await TestSilo.StartAsync();
        var now = silo.Time.GetUtcNow();
        await silo.OpenAsync(Night(now, stock: 1, cap: 30));
        await ReviseAsync(silo, Night(now, stock: 2, cap: 60), ifMatch: 1);
        await using var next = await silo.RestartAsync();

        (await next.ActAsync("night", LifecycleAction.Approve, "approver")).ShouldBe(Outcome.Done);
        (await next.ActAsync("night", LifecycleAction.Approve, "approver")).ShouldBe(Outcome.WrongState);

        (await next.EntriesAsync()).Count(entry =>
            entry.Kind == EntryKind.PoolFunded && entry.Credit == StreamId.Of("pool/night/daily/0")).ShouldBe(2);
        (await next.ShouldBeCleanAsync()).Single(one => one is { Account: "night/daily/0" }).Funded.ShouldBe(60);
    }

    [Fact]
    public async Task MoreBudget_ThatNoStockHasMet_ComesBackAtTheEnd()
    {
        await using var silo = await TestSilo.StartAsync();
        var now = silo.Time.GetUtcNow();
        await silo.OpenAsync(Night(now, stock: 1, cap: 30));
        (await silo.ReserveAsync("ada", "o1")).Outcome.ShouldBe(Outcome.Done);
        (await silo.Grains.Order("shop", "o1").Confirm(new ConfirmCommand("p1", 8_000, 1))).Outcome
            .ShouldBe(Outcome.Done);
        await ReviseAsync(silo, Night(now, stock: 3, cap: 90), ifMatch: 1);
        await silo.ActAsync("night", LifecycleAction.Approve, "approver");
        await silo.ActAsync("night", LifecycleAction.End, "planner");

        await EventuallyAsync(
            async () => await silo.Grains.Campaign("night").Settle() == Outcome.Done, "all of it is back");

        var accounts = await silo.ShouldBeCleanAsync();
        accounts.Where(one => one.Account.Contains('/')).ShouldAllBe(one => one.Remaining == 0 && one.Held == 0);
        accounts.Single(one => one is { Account: "night", Unit: "discount" }).Remaining.ShouldBe(50_000 - 2_000);
    }

    /// <param name="now">When the campaign was first written: a revision must not move its start.</param>
    private static Document Night(DateTimeOffset now, int stock, long cap, long cash = 50_000) =>
        new Document(now).Budget("cash", cash).Budget("discounts", 50_000).Add(Bag)
            .Add(Daily.Replace("\"total\": 30", $"\"total\": {cap}", StringComparison.Ordinal))
            .Add($$"""
                {"id": "spend", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}],
                 "stock": {{stock}}, "merchants": ["*"], "holdFor": "PT15M"}
                """);

    private static async Task<CampaignReply> ReviseAsync(TestSilo silo, Document document, long ifMatch)
    {
        var reply = await silo.Grains.Campaign("night").Replace(
            new DocumentCommand(document.ToUtf8(), "planner", ifMatch));
        reply.Outcome.ShouldBe(
            Outcome.Done, string.Join("; ", (reply.Faults ?? []).Select(fault => $"{fault.Path} {fault.Message}")));
        return reply;
    }

    private static async Task<DrawReply> DrawAsync(IPacketPoolGrain pool) => (await pool.Draw(new DrawBatch(
        [new PoolDraw("ada", Key(9), FactSet.Empty, null, 0, null, LimitsHeld: false)]))).Replies[0];

    private static async Task<Outcome> DrawBonusAsync(IPacketPoolGrain pool) => (await DrawAsync(pool)).Outcome;
}
