using Campaigns.Domain.Values;

namespace Campaigns.Domain.SpendDiscounts;

/// <summary>What an activity takes off a payment, before anybody's quota and stock. Amounts in minor units.</summary>
public static class DiscountCalculator
{
    private const string Anyone = "*";

    /// <summary>
    /// Refusals, in order: NotEligible with detail <c>merchant</c> or <c>channel</c>; BelowThreshold with the least
    /// payment that gets a discount as detail.
    /// </summary>
    /// <param name="activity">Whose tiers and scope count.</param>
    /// <param name="merchantId">Who is paid.</param>
    /// <param name="channel">How; None or Any where it is not known, then the channel refuses nothing.</param>
    /// <param name="amount">The payment, minor units, above 0.</param>
    public static Decision<DiscountQuote> Quote(
        SpendDiscountActivity activity, string merchantId, Channel channel, long amount)
    {
        if (!Covers(activity, merchantId))
            return Decision<DiscountQuote>.Refuse(Refusal.NotEligible, "merchant");
        if (!Covers(activity, channel))
            return Decision<DiscountQuote>.Refuse(Refusal.NotEligible, "channel");
        return Best(activity, amount) is { } best
            ? best
            : Decision<DiscountQuote>.Refuse(Refusal.BelowThreshold, $"{LeastSpend(activity)}");
    }

    public static bool Covers(SpendDiscountActivity activity, string merchantId) =>
        activity.Merchants.Contains(Anyone) || activity.Merchants.Contains(merchantId);

    public static bool Covers(SpendDiscountActivity activity, Channel channel) =>
        channel is Channel.None or Channel.Any || activity.Channel is Channel.Any || activity.Channel == channel;

    /// <summary>The tier that takes most off, the first of equals; null where none takes anything.</summary>
    public static DiscountQuote? Best(SpendDiscountActivity activity, long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        DiscountQuote? best = null;
        for (var tier = 0; tier < activity.Tiers.Length; tier++)
        {
            var off = OffOf(activity.Tiers[tier], amount);
            if (off > (best?.Off ?? 0))
                best = new DiscountQuote(amount, off, tier);
        }

        return best;
    }

    /// <summary>
    /// What one tier takes off: a fixed amount or a share rounded down; repeated, once per full spend or the share of
    /// the full spends; never above the tier's bound nor above the payment.
    /// </summary>
    public static long OffOf(DiscountTier tier, long amount)
    {
        if (amount < tier.Spend)
            return 0;
        Int128 times = tier.Repeat ? amount / Math.Max(1, tier.Spend) : 1;
        Int128 basis = tier.Repeat ? times * tier.Spend : amount;
        var off = tier.Percent is { } percent ? basis * percent / 100 : times * tier.Off.GetValueOrDefault();
        return (long)Int128.Min(off, Math.Min(amount, tier.MaxOff ?? long.MaxValue));
    }

    private static long LeastSpend(SpendDiscountActivity activity)
    {
        var least = long.MaxValue;
        foreach (var tier in activity.Tiers)
            least = Math.Min(least, LeastSpend(tier));
        return least;
    }

    // A small share of a small payment rounds down to nothing although the tier's spend is reached.
    private static long LeastSpend(DiscountTier tier)
    {
        if (tier.Percent is not { } percent || percent <= 0)
            return tier.Spend;
        var unit = tier.Repeat ? Math.Max(1, tier.Spend) : 1;
        var least = (100 + percent - 1) / percent;
        return Math.Max(tier.Spend, (least + unit - 1) / unit * unit);
    }
}
