namespace Campaigns.Domain.Values;

/// <summary>Units of value. Amounts are integers: fen for money, points, pieces.</summary>
public static class Units
{
    /// <summary>Money that a user may withdraw, in minor units of the campaign's currency.</summary>
    public const string Cash = "cash";

    /// <summary>Money that is spendable at listed merchants only, in minor units.</summary>
    public const string RestrictedCash = "restricted-cash";

    public const string Points = "points";

    public const string Growth = "growth";

    /// <summary>Money taken off a payment, in minor units.</summary>
    public const string Discount = "discount";

    /// <summary>Places in a stock that is counted in orders or items.</summary>
    public const string Pieces = "pieces";

    /// <summary>Draws of one activity, for example <c>chance:ny2027/wheel</c>.</summary>
    public static string Chance(string campaignId, string activityId) => $"chance:{campaignId}/{activityId}";

    /// <summary>Pieces of an item of a campaign's catalog, for example <c>item:spring/butterfly</c>.</summary>
    public static string Item(string campaignId, string itemId) => $"item:{campaignId}/{itemId}";

    /// <summary>Orders that a user may place in one activity, for example <c>quota:ny2027/spend</c>.</summary>
    public static string Quota(string campaignId, string activityId) => $"quota:{campaignId}/{activityId}";

    /// <summary>
    /// True for the marks that give a quota back or name a place in a stock: a user who is credited with them has no
    /// value by that.
    /// </summary>
    public static bool IsMark(string unit) =>
        unit == Pieces || unit.StartsWith("quota:", StringComparison.Ordinal);
}
