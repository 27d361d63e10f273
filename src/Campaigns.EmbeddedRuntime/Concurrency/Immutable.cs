namespace Orleans.Concurrency;

/// <summary>A value that crosses grain calls uncopied: neither side may change it again.</summary>
[GenerateSerializer]
[Immutable]
public readonly struct Immutable<T>(T value)
{
    /// <summary>The shared value.</summary>
    [Id(0)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1051", Justification = "A field in Orleans.")]
    public readonly T Value = value;
}

/// <summary>Wraps values as immutable.</summary>
public static class ImmutableExtensions
{
    /// <summary>Promises that nobody changes <paramref name="value"/> any more.</summary>
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
