namespace Campaigns.Domain.Fairness;

/// <summary>A seed's numbers under one label. The seed is needed only where a number is asked for.</summary>
public sealed class SeedNumbers(byte[]? seed, string label) : IAmountSource
{
    private SeedStream? _numbers;

    public long Uniform(long min, long max)
    {
        _numbers ??= new SeedStream(
            Seed.Of(seed ?? throw new InvalidOperationException("The activity has no seed.")), label);
        return _numbers.Between(min, max);
    }
}
