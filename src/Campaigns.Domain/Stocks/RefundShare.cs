namespace Campaigns.Domain.Stocks;

/// <summary>
/// How much of a grant has come back once parts of its payment were given back: in proportion, rounded down, and all
/// of it with the last part. Computed on the sum of all parts, so that it does not depend on how they were cut.
/// </summary>
public static class RefundShare
{
    /// <summary>
    /// Minor units of <paramref name="granted"/> that belong to <paramref name="refunded"/> of <paramref name="paid"/>.
    /// </summary>
    public static long Of(long granted, long paid, long refunded)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(granted);
        ArgumentOutOfRangeException.ThrowIfNegative(refunded);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(refunded, paid);
        return refunded == paid ? granted : (long)((Int128)granted * refunded / paid);
    }
}
