namespace Campaigns.Domain.SpendDiscounts;

/// <summary>How many orders one user may have; null is unlimited. Days and months are the campaign zone's.</summary>
public sealed record QuotaLimits(int? PerDay, int? PerMonth, int? Total)
{
    /// <summary>The tighter of the activity's own bound and the common one counts.</summary>
    public static QuotaLimits Of(SpendDiscountActivity activity) => new(
        (activity.PerUserPerDay, activity.PerUser.PerDay) switch
        {
            ({ } own, { } common) => Math.Min(own, common),
            var (own, common) => own ?? common,
        },
        activity.PerUser.PerMonth,
        activity.PerUser.Total);
}
