namespace Orleans.Placement;

/// <summary>
/// Where a grain of the marked class is activated. One process has one place, so only the type matters here.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class PlacementAttribute : Attribute
{
    private protected PlacementAttribute()
    {
    }
}

/// <summary>Activates on the caller's silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PreferLocalPlacementAttribute : PlacementAttribute;

/// <summary>Activates on a random silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RandomPlacementAttribute : PlacementAttribute;

/// <summary>Activates on the silo that the grain id's hash selects.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HashBasedPlacementAttribute : PlacementAttribute;

/// <summary>Activates on a silo with few activations.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ActivationCountBasedPlacementAttribute : PlacementAttribute;

/// <summary>Activates on a silo with free processor and memory.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ResourceOptimizedPlacementAttribute : PlacementAttribute;
