namespace Campaigns.LoadRunner.Measuring;

/// <summary>
/// Counts of times in microseconds, log-linear: each power of two is cut into 128 equal buckets. A quantile is told
/// as the middle of its bucket, so it is off by at most 0.4%; up to 128 µs it is exact. Holds 0 to some 71 minutes,
/// more counts as that; <see cref="Max"/> is exact always. 14 KB, whatever is recorded. Not safe for concurrent use.
/// </summary>
public sealed class LatencyHistogram
{
    private const int Linear = 128;
    private const int LinearBits = 7;
    private const long Largest = (1L << 32) - 1;
    private const int Buckets = Linear * (32 - LinearBits + 1);

    private readonly int[] _counts = new int[Buckets];
    private double _sum;
    private double _squares;

    public long Count { get; private set; }

    /// <summary>Microseconds; 0 where nothing was recorded.</summary>
    public long Max { get; private set; }

    /// <summary>Microseconds; 0 where nothing was recorded.</summary>
    public long Min { get; private set; }

    public double Mean => Count == 0 ? 0 : _sum / Count;

    public double StandardDeviation =>
        Count == 0 ? 0 : Math.Sqrt(Math.Max(0, (_squares / Count) - (Mean * Mean)));

    /// <summary>Negative times, of a clock that steps, count as 0.</summary>
    public void Record(long microseconds)
    {
        var value = Math.Clamp(microseconds, 0, Largest);
        _counts[IndexOf(value)]++;
        Min = Count == 0 ? value : Math.Min(Min, value);
        Max = Math.Max(Max, Math.Max(0, microseconds));
        Count++;
        _sum += value;
        _squares += (double)value * value;
    }

    public void Add(LatencyHistogram other)
    {
        if (other.Count == 0)
        {
            return;
        }

        for (var i = 0; i < Buckets; i++)
        {
            _counts[i] += other._counts[i];
        }

        Min = Count == 0 ? other.Min : Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        Count += other.Count;
        _sum += other._sum;
        _squares += other._squares;
    }

    /// <summary>
    /// The smallest time that at least the share <paramref name="quantile"/> (0 to 1) of all did not exceed, in
    /// microseconds; 0 where nothing was recorded.
    /// </summary>
    public long Quantile(double quantile)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(quantile * Count));
        if (Count == 0 || rank > Count)
        {
            return Max;
        }

        long seen = 0;
        for (var i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Clamp(MiddleOf(i), Min, Max);
            }
        }

        return Max;
    }

    /// <summary>Counts of the buckets that are not empty: their middles in microseconds, ascending.</summary>
    public IEnumerable<(long Microseconds, int Count)> NotEmpty() => Enumerable.Range(0, Buckets)
        .Where(bucket => _counts[bucket] > 0)
        .Select(bucket => (MiddleOf(bucket), _counts[bucket]));

    private static int IndexOf(long value)
    {
        var octave = Math.Max(0, 63 - long.LeadingZeroCount(value) - LinearBits + 1);
        // Within [2^k, 2^(k+1)) the upper half of a window of 2 * 128 buckets; below 128 the value itself.
        return octave == 0
            ? (int)value
            : (int)((octave * Linear) + (value >> (int)(octave - 1)) - Linear);
    }

    private static long MiddleOf(int index)
    {
        if (index < Linear)
        {
            return index;
        }

        var shift = (index / Linear) - 1;
        var lowest = (long)((index % Linear) + Linear) << shift;
        return lowest + ((1L << shift) >> 1);
    }
}
