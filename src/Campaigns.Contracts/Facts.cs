namespace Campaigns.Contracts;

/// <summary>One fact of a user: a text, an integer, or a truth value (1 or 0 in <paramref name="Number"/>).</summary>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.Fact)]
public sealed record Fact(
    [property: Id(0)] string Name,
    [property: Id(1)] FactKind Kind,
    [property: Id(2)] string? Text,
    [property: Id(3)] long Number);

[GenerateSerializer]
[Alias(TypeAliases.FactKind)]
public enum FactKind
{
    /// <summary>Never valid.</summary>
    None = 0,
    Text,
    Number,
    Truth,
}

/// <summary>Facts that a token carried, or that a partner put; the highest version of a fact wins.</summary>
/// <param name="Tags">Null where the source knows no tags, as a token does not.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.FactSet)]
public sealed record FactSet(
    [property: Id(0)] Fact[] Facts, [property: Id(1)] long Version, [property: Id(2)] string[]? Tags = null)
{
    public static FactSet Empty { get; } = new([], 0);
}
