using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Campaigns.Domain.Values;

namespace Campaigns.Simulation.Plans;

/// <summary>
/// The campaign's document after some steps of more budget: each raises the budget, the meter's cap, and the discounts'
/// stock and cap. Its English name tells the step.
/// </summary>
internal static class MoreBudget
{
    private const long Budget = 10_000_000;
    private const string Night = "Night";

    public static byte[] Document(CampaignPlan plan, int step)
    {
        var document = JsonNode.Parse(plan.Document)!;
        document["name"]!["en"] = $"{Night} {step}";
        document["budget"]!["cash"] = BudgetAt(step);
        if (document["budget"]!["discounts"] is not null)
            document["budget"]!["discounts"] = BudgetAt(step);
        foreach (var activity in document["activities"]!.AsArray())
        {
            if ((string?)activity!["id"] == CampaignPlan.Daily && plan.CheckIns!.Cash > 0)
                activity["caps"]!["total"] = MeterAt(plan, step);
            if ((string?)activity["id"] == CampaignPlan.Spend && activity["stock"] is not null)
                activity["stock"] = PiecesAt(plan, step);
            if ((string?)activity["id"] == CampaignPlan.Spend && activity["caps"] is not null)
                activity["caps"]!["total"] = plan.Discounts!.Cap + (3_000 * step);
        }

        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    /// <summary>The step that a document is of.</summary>
    public static int StepOf(ReadOnlySpan<byte> document)
    {
        var name = ((string?)JsonNode.Parse(document)!["name"]!["en"])!;
        return name == Night ? 0 : int.Parse(name.AsSpan(Night.Length), CultureInfo.InvariantCulture);
    }

    public static long BudgetAt(int step) => Budget + (1_000L * step);

    /// <summary>What the stock of an activity has been given by then, of a unit.</summary>
    public static long GivenAt(CampaignPlan plan, string activity, string unit, int step) => (activity, unit) switch
    {
        (CampaignPlan.Daily, Units.Cash) => MeterAt(plan, step),
        (CampaignPlan.Spend, Units.Pieces) => PiecesAt(plan, step),
        (CampaignPlan.Spend, Units.Discount) when plan.Discounts!.LimitsMoney => Math.Min(
            plan.Discounts.Cap + (3_000 * step) ?? long.MaxValue,
            PiecesAt(plan, step) * (plan.Discounts.MaxOff ?? plan.Discounts.Off)),
        _ => 0,
    };

    private static long MeterAt(CampaignPlan plan, int step) => plan.CheckIns!.Cap + (2 * step * plan.CheckIns.Cash);

    private static long PiecesAt(CampaignPlan plan, int step) =>
        plan.Discounts!.Pieces is { } pieces ? pieces + (2 * step) : 0;
}
