using Campaigns.Domain.Fairness;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// One packet after another: uniform in the widest interval around the mean of what remains that keeps every packet
/// in [min, max]. Its upper end is twice that mean less min where max allows it, hence the name. The expected amount
/// is the same at every position, also where max is tight.
/// </summary>
internal static class DoubleMeanSplit
{
    public static void Fill(Span<long> amounts, long total, long min, long max, SeedStream stream)
    {
        var rest = total;
        for (var index = 0; index < amounts.Length - 1; index++)
        {
            var amount = Next(rest, amounts.Length - index, min, max, stream);
            amounts[index] = amount;
            rest -= amount;
        }

        if (!amounts.IsEmpty)
        {
            amounts[^1] = rest;
        }
    }

    private static long Next(long rest, int packets, long min, long max, SeedStream stream)
    {
        // The interval is symmetric: low + high = twice the mean. Where that is no integer, the fraction is drawn, so
        // that rounding does not favour late packets.
        var (sum, fraction) = Math.DivRem(2 * rest, packets);
        if (fraction > 0 && stream.Between(0, packets - 1) < fraction)
        {
            sum++;
        }

        return stream.Between(Math.Max(min, sum - max), Math.Min(max, sum - min));
    }
}
