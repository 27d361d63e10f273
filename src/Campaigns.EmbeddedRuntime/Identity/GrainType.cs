namespace Orleans.Runtime;

/// <summary>Names a class of grains, for example <c>user</c>.</summary>
[GenerateSerializer]
[Immutable]
public readonly struct GrainType(IdSpan id) : IEquatable<GrainType>, IComparable<GrainType>
{
    /// <summary>The name itself.</summary>
    public IdSpan Value { get; } = id;

    /// <summary>True for the value that names nothing.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>The grain type with this name.</summary>
    public static GrainType Create(string value) => new(IdSpan.Create(value));

    public int CompareTo(GrainType other) => Value.CompareTo(other.Value);

    public bool Equals(GrainType obj) => Value.Equals(obj.Value);

    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => Value.ToString();

    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);

    public static bool operator <(GrainType left, GrainType right) => left.CompareTo(right) < 0;

    public static bool operator <=(GrainType left, GrainType right) => left.CompareTo(right) <= 0;

    public static bool operator >(GrainType left, GrainType right) => left.CompareTo(right) > 0;

    public static bool operator >=(GrainType left, GrainType right) => left.CompareTo(right) >= 0;
}

/// <summary>Names a grain interface.</summary>
[GenerateSerializer]
[Immutable]
public readonly struct GrainInterfaceType(IdSpan value) : IEquatable<GrainInterfaceType>
{
    public GrainInterfaceType(string value) : this(IdSpan.Create(value))
    {
    }

    /// <summary>The name itself.</summary>
    public IdSpan Value { get; } = value;

    /// <summary>True for the value that names nothing.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>The interface type with this name.</summary>
    public static GrainInterfaceType Create(string value) => new(value);

    public bool Equals(GrainInterfaceType other) => Value.Equals(other.Value);

    public override bool Equals(object? obj) => obj is GrainInterfaceType other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => Value.ToString();

    public static bool operator ==(GrainInterfaceType left, GrainInterfaceType right) => left.Equals(right);

    public static bool operator !=(GrainInterfaceType left, GrainInterfaceType right) => !left.Equals(right);
}
