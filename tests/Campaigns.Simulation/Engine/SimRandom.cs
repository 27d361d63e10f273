namespace Campaigns.Simulation.Engine;

/// <summary>Reproducible numbers on every machine and version: SplitMix64.</summary>
internal sealed class SimRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Another sequence that depends on the same seed and the given name alone.</summary>
    public static SimRandom For(ulong seed, string name)
    {
        var hash = seed ^ 0x9E3779B97F4A7C15UL;
        foreach (var letter in name)
            hash = Mix(hash ^ letter);
        return new SimRandom(hash);
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }

    /// <summary>At least 0, less than <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)((Next() >> 33) % (ulong)bound);

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool Chance(int perMille) => Below(1_000) < perMille;

    public T Pick<T>(params ReadOnlySpan<T> items) => items[Below(items.Length)];

    public void Fill(Span<byte> bytes)
    {
        foreach (ref var one in bytes)
            one = (byte)Next();
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
