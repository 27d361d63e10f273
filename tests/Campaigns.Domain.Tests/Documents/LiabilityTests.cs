using Campaigns.Domain.Documents;

namespace Campaigns.Domain.Tests.Documents;

public sealed class LiabilityTests
{
    private const long Packets = 50_000 + 200_000 + 202_788;

    [Fact]
    public void Liability_AddsUpEachCategoryAtItsWorst()
    {
        var parsed = Sample.Parse(Sample.Text);

        parsed.Liability.ShouldBe(new Dictionary<string, long>
        {
            ["cash"] = Packets + 5000,
            ["discounts"] = 2000L * 10_000,
        });
    }

    [Fact]
    public void BudgetOfExactlyTheWorstCase_IsEnough() =>
        Sample.Parse(Sample.Edit(("budget.cash", $"{Packets + 5000}"))).Faults.ShouldBeEmpty();

    [Fact]
    public void BudgetOfOneLess_IsRefusedWithTheLiability()
    {
        var fault = Sample.Parse(Sample.Edit(("budget.cash", $"{Packets + 4999}"))).Faults.ShouldHaveSingleItem();

        fault.Path.ShouldBe("$.budget.cash");
        fault.Message.ShouldBe($"is {Packets + 4999}, but the activities can cost {Packets + 5000}");
    }

    [Fact]
    public void CashRewardsWithoutCap_AreRefusedUnderANamedBudget()
    {
        var parsed = Sample.Parse(Sample.Edit(("activities[0].caps", null)));

        parsed.Faults.ShouldHaveSingleItem().Path.ShouldBe("$.activities[0]");
        parsed.Liability.Keys.ShouldNotContain("cash");
    }

    [Fact]
    public void CashRewardsWithoutCap_AreAWarningWhereNoBudgetNamesThem()
    {
        var parsed = Sample.Parse(Sample.Edit(("activities[0].caps", null), ("budget.cash", null)));

        parsed.Faults.ShouldBeEmpty();
        parsed.Warnings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            warning => warning.Code.ShouldBe(WarningCode.UnboundedCost),
            warning => warning.Path.ShouldBe("$.activities[0]"));
        parsed.Liability.Keys.ShouldBe(["discounts"]);
    }

    [Fact]
    public void PointsAndChances_CostNoBudget()
    {
        var parsed = Sample.Parse(Sample.Edit(
            ("activities[0].caps", null), ("activities[0].everyDay", """[{"kind": "points", "amount": 5}]""")));

        parsed.Faults.ShouldBeEmpty();
        parsed.Liability["cash"].ShouldBe(Packets);
    }

    [Theory]
    [InlineData("activities[4].stock", null, null)]
    [InlineData("activities[4].tiers[1].maxOff", null, null)]
    [InlineData("activities[4].tiers[0].repeat", "true", null)]
    [InlineData("activities[4].tiers[0].maxOff", "2000", 20_000_000L)]
    [InlineData("activities[4].tiers[1].maxOff", "1000", 4_000_000L)]
    [InlineData("activities[4].caps", """{"total": 7000000}""", 7_000_000L)]
    public void SpendDiscount_CostsStockTimesTheWorstOffOrItsCap(string path, string? raw, long? liability)
    {
        var parsed = Sample.Parse(Sample.Edit((path, raw)));

        if (liability is { } bound)
        {
            parsed.Faults.ShouldBeEmpty();
            parsed.Liability["discounts"].ShouldBe(bound);
        }
        else
        {
            parsed.Faults.ShouldHaveSingleItem().Path.ShouldBe("$.activities[4]");
            parsed.Liability.Keys.ShouldNotContain("discounts");
        }
    }

    [Fact]
    public void CostsBeyondSixtyFourBits_AreStillRefusedAndNotWrapped()
    {
        var parsed = Sample.Parse(Sample.Edit(
            ("activities[4].stock", "1000000000"),
            ("activities[4].tiers", """[{"spend": 1000000000000000, "off": 1000000000000000}]""")));

        parsed.Faults.ShouldHaveSingleItem().Path.ShouldBe("$.budget.discounts");
        parsed.Liability["discounts"].ShouldBe(long.MaxValue);
    }

    [Theory]
    [InlineData("250", false)]
    [InlineData("251", true)]
    public void MaxOverTenTimesTheMean_IsWarnedOf(string max, bool warned)
    {
        var parsed = Sample.Parse(Sample.Edit(("activities[1].max", max)));

        parsed.Warnings.Select(warning => (warning.Code, warning.Path)).ShouldBe(
            warned ? [(WarningCode.MaxUnattainable, "$.activities[1].max")] : []);
    }
}
