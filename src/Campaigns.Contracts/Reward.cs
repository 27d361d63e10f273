namespace Campaigns.Contracts;

/// <summary>Something given to a user. <paramref name="Amount"/>: minor units for money, else pieces.</summary>
/// <param name="Kind">The contract's own word: cash, restricted-cash, points, growth, chance, item.</param>
/// <param name="Activity">For a chance: what it may be spent on.</param>
/// <param name="Item">For an item: which one of the catalog.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.Reward)]
public sealed record Reward(
    [property: Id(0)] string Kind,
    [property: Id(1)] long Amount,
    [property: Id(2)] string? Activity = null,
    [property: Id(3)] string? Item = null);

/// <summary>One text in several languages.</summary>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.Texts)]
public sealed record LocalizedText([property: Id(0)] string Language, [property: Id(1)] string Text);
