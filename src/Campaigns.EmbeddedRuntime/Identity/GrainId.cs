using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>Names one grain: its type and its key, written <c>type/key</c>.</summary>
[GenerateSerializer]
[Immutable]
public readonly struct GrainId(GrainType type, IdSpan key)
    : IEquatable<GrainId>, IComparable<GrainId>, IParsable<GrainId>
{
    /// <summary>The grain's type.</summary>
    public GrainType Type { get; } = type;

    /// <summary>The grain's key within its type.</summary>
    public IdSpan Key { get; } = key;

    /// <summary>True for the value that names nothing.</summary>
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    public static GrainId Create(string type, string key) => new(GrainType.Create(type), IdSpan.Create(key));

    public static GrainId Create(GrainType type, string key) => new(type, IdSpan.Create(key));

    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <summary>Reads <c>type/key</c>; throws when there is no slash.</summary>
    public static GrainId Parse(string value) => Parse(value, null);

    public static GrainId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result) ? result : throw new ArgumentException($"\"{s}\" is not a grain id.");

    public static bool TryParse([NotNullWhen(true)] string? value, out GrainId result) =>
        TryParse(value, null, out result);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out GrainId result)
    {
        var slash = s?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        result = slash < 0 ? default : Create(s![..slash], s[(slash + 1)..]);
        return slash >= 0;
    }

    public int CompareTo(GrainId other)
    {
        var byType = Type.CompareTo(other.Type);
        return byType != 0 ? byType : Key.CompareTo(other.Key);
    }

    public bool Equals(GrainId other) => Key.Equals(other.Key) && Type.Equals(other.Type);

    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    public override int GetHashCode() => (Type.GetHashCode() * 397) ^ Key.GetHashCode();

    public override string ToString() => $"{Type}/{Key}";

    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);

    public static bool operator <(GrainId left, GrainId right) => left.CompareTo(right) < 0;

    public static bool operator <=(GrainId left, GrainId right) => left.CompareTo(right) <= 0;

    public static bool operator >(GrainId left, GrainId right) => left.CompareTo(right) > 0;

    public static bool operator >=(GrainId left, GrainId right) => left.CompareTo(right) >= 0;
}
