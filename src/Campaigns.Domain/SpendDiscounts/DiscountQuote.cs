namespace Campaigns.Domain.SpendDiscounts;

/// <summary>What a payment gets: <c>Amount = Off + Pay</c>, minor units.</summary>
/// <param name="Amount">The payment before the discount.</param>
/// <param name="Off">What is taken off, at least 1.</param>
/// <param name="Tier">Index of the tier that gives it.</param>
public sealed record DiscountQuote(long Amount, long Off, int Tier)
{
    /// <summary>What the user pays; 0 where the discount covers everything.</summary>
    public long Pay => Amount - Off;
}
