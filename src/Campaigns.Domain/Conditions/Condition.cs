using System.Collections.Immutable;

namespace Campaigns.Domain.Conditions;

/// <summary>One test of a fact or tag of a user; a missing fact satisfies no test, so its negation holds.</summary>
public sealed partial record Condition
{
    /// <summary>The fact's name, or the tag's where <see cref="IsTag"/>.</summary>
    public required string Subject { get; init; }

    public bool IsTag { get; init; }

    public required ConditionTest Test { get; init; }

    /// <summary>Operands: one for eq, gte, lte; the list of in; none for "is true" and tags.</summary>
    public ImmutableArray<FactValue> Operands { get; init; } = [];

    /// <summary>Holds where the test does not.</summary>
    public bool Negated { get; init; }
}

public enum ConditionTest
{
    /// <summary>Never valid.</summary>
    None = 0,
    IsTrue,
    HasTag,
    EqualTo,
    OneOf,
    AtLeast,
    AtMost,
}
