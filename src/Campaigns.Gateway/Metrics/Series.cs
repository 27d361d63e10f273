namespace Campaigns.Gateway.Metrics;

/// <summary>One label set of an instrument and what was measured under it.</summary>
internal sealed class Series(KeyValuePair<string, object?>[] tags, double[]? bounds)
{
    private readonly long[]? _buckets = bounds is null ? null : new long[bounds.Length + 1];
    private double _value;
    private bool _reported;

    public KeyValuePair<string, object?>[] Tags { get; } = tags;

    public string Text { get; } = Labels.Text(tags);

    /// <summary>Sum of a counter or histogram, last value of a gauge.</summary>
    public double Value => Volatile.Read(ref _value);

    public void Set(double value)
    {
        Volatile.Write(ref _value, value);
        Volatile.Write(ref _reported, true);
    }

    /// <summary>Whether it was set since this was last asked.</summary>
    public bool TakeReported() => Interlocked.Exchange(ref _reported, false);

    public void Add(double change)
    {
        double seen;
        do
        {
            seen = Volatile.Read(ref _value);
        }
        while (Interlocked.CompareExchange(ref _value, seen + change, seen) != seen);
    }

    public void Record(double measured)
    {
        var bucket = 0;
        while (bucket < bounds!.Length && measured > bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _buckets![bucket]);
        Add(measured);
    }

    public long Bucket(int index) => Volatile.Read(ref _buckets![index]);
}
