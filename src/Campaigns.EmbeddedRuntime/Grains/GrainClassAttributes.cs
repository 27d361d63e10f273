using System.Globalization;

namespace Orleans;

/// <summary>Names the grain type; without it the class name counts, in lower case and without "Grain".</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal string GrainType { get; } = grainType;
}

/// <summary>Activations of the marked class stay for as long as the silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class KeepAliveAttribute : Attribute;

/// <summary>How long an idle activation of the marked class stays; at least a minute.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class CollectionAgeLimitAttribute : Attribute
{
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);
    private readonly TimeSpan? _given;

    public CollectionAgeLimitAttribute()
    {
    }

    /// <summary>The age written as a <see cref="TimeSpan"/>.</summary>
    public CollectionAgeLimitAttribute(string inactivityPeriod)
    {
        _given = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);
    }

    public double Days { get; set; }

    public double Hours { get; set; }

    public double Minutes { get; set; }

    public bool AlwaysActive { get; set; }

    /// <summary>The age that the other members add up to.</summary>
    public TimeSpan AgeLimit
    {
        get
        {
            if (_given is { } given)
                return given;
            var sum = AlwaysActive
                ? TimeSpan.FromDays(short.MaxValue)
                : TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return sum < MinAgeLimit ? MinAgeLimit : sum;
        }
    }
}
