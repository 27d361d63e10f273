using Campaigns.Domain.Documents;
using Campaigns.Domain.Exchanges;
using Campaigns.Domain.Lotteries;
using Campaigns.Domain.Takes;
using Campaigns.Domain.Tests.Documents;

namespace Campaigns.Domain.Tests.Takes;

/// <summary>Exchanges and lotteries as documents say them, and what is wrong with others.</summary>
public sealed class TakeDocumentTests
{
    private const string Butterfly = """{"items": {"butterfly": {"form": "token"}, "trip": {"form": "virtual"}}}""";

    [Fact]
    public void Exchange_IsReadAsTheDocumentSaysIt()
    {
        var hatch = Read<ExchangeActivity>("""
            {"id": "x", "type": "exchange", "cost": {"kind": "growth", "amount": 100},
             "rewards": [{"kind": "item", "item": "butterfly", "amount": 1}], "stock": 5, "stockPerDay": 2}
            """);

        hatch.Cost.ShouldBe(new Cost(RewardKind.Growth, 100));
        hatch.Rewards.ShouldBe([new Reward(RewardKind.Item, 1, 1, "butterfly")]);
        (hatch.Stock, hatch.StockPerDay).ShouldBe((5, 2));
        hatch.WorstCase().ShouldBe([new(BudgetCategory.Items, 5)]);
    }

    [Fact]
    public void Lottery_IsReadAsTheDocumentSaysIt()
    {
        var net = Read<LotteryActivity>("""
            {"id": "x", "type": "lottery", "cost": {"kind": "item", "item": "butterfly", "amount": 1},
             "segments": [{"id": "vip", "when": [{"tag": "vip"}]}],
             "prizes": [{"id": "gift", "weight": 1, "weightBySegment": {"vip": 9}, "stock": 10, "stockPerDay": 3,
                         "rewards": [{"kind": "cash", "min": 5, "max": 88}]},
                        {"id": "trip", "weight": 2, "stock": 4,
                         "rewards": [{"kind": "item", "item": "trip", "amount": 2}]},
                        {"id": "tea", "weight": 97, "rewards": [{"kind": "points", "amount": 5}]}],
             "fallback": "tea"}
            """);

        net.Cost.ShouldBe(new Cost(RewardKind.Item, 1, "butterfly"));
        (net.WeightOf(null), net.WeightOf("vip")).ShouldBe((100, 108));
        net.WorstCase().ShouldBe([new(BudgetCategory.Cash, 880), new(BudgetCategory.Items, 8)]);
        var campaign = Sample.Campaign(("activities[5]", """
            {"id": "y", "type": "lottery", "fallback": "a",
             "prizes": [{"id": "a", "weight": 1, "rewards": []},
                        {"id": "b", "weight": 1, "stock": 7, "rewards": [{"kind": "cash", "min": 1, "max": 3}]}]}
            """));
        var stock = campaign.FindActivity("y")!.Stocks(campaign).ShouldHaveSingleItem();
        (stock.Terms.Name, stock.Terms.Unit, stock.Money, stock.Pieces).ShouldBe(("pool/ny2027/y/0", "cash", 21L, 7L));
        campaign.FindActivity("y")!.Seeds(campaign).ShouldHaveSingleItem();
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "exchange", "\"rewards\": [{\"kind\": \"points\", \"amount\": 1}]", ".cost" },
        { "exchange", "\"cost\": {\"kind\": \"points\", \"amount\": 1}", ".rewards" },
        { "exchange", Exchange("cash", "points"), ".cost.kind" },
        { "exchange", Exchange("coupon", "points"), ".cost.kind" },
        { "exchange", "\"cost\": {\"kind\": \"points\", \"amount\": 0}, \"rewards\": [{\"kind\": \"points\", "
            + "\"amount\": 1}]", ".cost.amount" },
        { "exchange", Item("kite"), ".rewards[0].item" },
        { "exchange", Item("phone"), ".rewards[0].item" },
        { "exchange", Item("few"), ".rewards[0].item" },
        { "exchange", Exchange("points", "points") + ", \"stock\": 0", ".stock" },
        { "lottery", Prize("") + ", \"fallback\": \"b\"", ".fallback" },
        { "lottery", Prize("") , ".fallback" },
        { "lottery", "\"prizes\": [], \"fallback\": \"a\"", ".prizes" },
        { "lottery", Prize(", \"weightBySegment\": {\"vip\": 3}") + Fallback, ".prizes[0].weightBySegment.vip" },
        { "lottery", Prize(", \"stock\": 0") + Fallback, ".prizes[0].stock" },
        { "lottery", Cash("") + Fallback, ".prizes[0].stock" },
        { "lottery", Cash(", \"stock\": 3") + Fallback + ", \"caps\": {\"total\": 26}", ".caps.total" },
        { "lottery", Prize("").Replace("\"weight\": 1", "\"weight\": 0") + Fallback, ".prizes" },
        { "lottery", Prize("") + Fallback + ", \"password\": {\"value\": \" \"}", ".password.value" },
        { "lottery", Prize("") + Fallback + ", \"password\": {\"value\": \"x\", \"triesPerDay\": 0}",
            ".password.triesPerDay" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void WhatIsWrong_IsToldByItsPath(string type, string members, string path)
    {
        var parsed = Sample.Parse(Sample.Edit(
            ("catalog", """{"items": {"phone": {"form": "physical"}, "few": {"form": "token", "stock": 3}}}"""),
            ("activities[5]", $$"""{"id": "x", "type": "{{type}}", {{members}}}""")));

        parsed.Faults.ShouldHaveSingleItem().Path.ShouldBe("$.activities[5]" + path);
    }

    /// <summary>What a piece costs is bounded by the stock, or by the cap where that is less.</summary>
    [Theory]
    [InlineData(", \"stock\": 10", 90L)]
    [InlineData(", \"caps\": {\"total\": 50}", 50L)]
    [InlineData(", \"stock\": 10, \"caps\": {\"total\": 50}", 50L)]
    [InlineData(", \"stock\": 10, \"caps\": {\"total\": 500}", 90L)]
    [InlineData("", null)]
    public void CashOfAnExchange_CostsAtMost(string bounds, long? most)
    {
        var parsed = Sample.Parse(Sample.Edit(("activities[5]", $$"""
            {"id": "x", "type": "exchange", "cost": {"kind": "points", "amount": 5},
             "rewards": [{"kind": "cash", "min": 1, "max": 9}]{{bounds}}}
            """)));

        if (most is null)
        {
            parsed.Faults.ShouldHaveSingleItem().Message.ShouldContain("without bound");
            return;
        }

        var exchange = parsed.Campaign.ShouldNotBeNull().FindActivity("x")!;
        exchange.WorstCase()[BudgetCategory.Cash].ShouldBe(most);
        exchange.Stocks(parsed.Campaign!).ShouldHaveSingleItem().Money.ShouldBe(most!.Value);
    }

    private const string Fallback = ", \"fallback\": \"a\"";

    private static string Exchange(string cost, string reward) =>
        $$"""
        "cost": {"kind": "{{cost}}", "amount": 1}, "rewards": [{"kind": "{{reward}}", "amount": 1}]
        """;

    private static string Item(string item) =>
        $$"""
        "cost": {"kind": "points", "amount": 1}, "rewards": [{"kind": "item", "item": "{{item}}", "amount": 1}]
        """;

    private static string Prize(string more) =>
        $$"""
        "prizes": [{"id": "a", "weight": 1, "rewards": []{{more}}}]
        """;

    private static string Cash(string more) =>
        $$"""
        "prizes": [{"id": "a", "weight": 1, "rewards": [{"kind": "cash", "amount": 9}]{{more}}}]
        """;

    private static T Read<T>(string activity)
        where T : TakeActivity =>
        Sample.Campaign(("catalog", Butterfly), ("activities[5]", activity)).FindActivity("x").ShouldBeOfType<T>();
}
