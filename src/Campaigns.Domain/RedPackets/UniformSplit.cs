using Campaigns.Domain.Fairness;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// All lists of amounts in [min, max] with the given sum equally likely: pairs of packets are redrawn uniformly among
/// what their sum allows (Gibbs sampling, whose only stationary distribution is the uniform one), starting from equal
/// amounts in random order. Strides double from sweep to sweep, so that distant packets meet early.
/// </summary>
internal static class UniformSplit
{
    /// <summary>
    /// A sweep shrinks the error of the amounts' variance to two thirds at most: 24 leave less than 1 in 10,000, which
    /// a million packets cannot show.
    /// </summary>
    public const int Sweeps = 24;

    public static void Fill(Span<long> amounts, long total, long min, long max, SeedStream stream)
    {
        if (amounts.IsEmpty)
        {
            return;
        }

        var (mean, rest) = Math.DivRem(total, amounts.Length);
        amounts.Fill(mean);
        foreach (ref var amount in amounts[..(int)rest])
        {
            amount++;
        }

        stream.Shuffle(amounts);
        var stride = 1;
        for (var sweep = 0; sweep < Sweeps && amounts.Length > 1; sweep++)
        {
            Sweep(amounts, stride, (int)stream.Below((ulong)amounts.Length), min, max, stream);
            stride = 4L * stride <= amounts.Length ? 2 * stride : 1;
        }
    }

    /// <summary>Redraws pairs (i, i + stride) in blocks of two strides, round the circle from the offset.</summary>
    private static void Sweep(Span<long> amounts, int stride, int offset, long min, long max, SeedStream stream)
    {
        for (var block = 0; block < amounts.Length - stride; block += 2 * stride)
        {
            var pairs = Math.Min(stride, amounts.Length - stride - block);
            var first = Wrap(offset + block, amounts.Length);
            var second = Wrap(first + stride, amounts.Length);
            for (var pair = 0; pair < pairs; pair++)
            {
                Redraw(ref amounts[first], ref amounts[second], min, max, stream);
                first = Wrap(first + 1, amounts.Length);
                second = Wrap(second + 1, amounts.Length);
            }
        }
    }

    private static void Redraw(ref long first, ref long second, long min, long max, SeedStream stream)
    {
        var sum = first + second;
        first = stream.Between(Math.Max(min, sum - max), Math.Min(max, sum - min));
        second = sum - first;
    }

    private static int Wrap(int index, int length) => index >= length ? index - length : index;
}
