using System.Collections.Immutable;

namespace Campaigns.Domain.Conditions;

public sealed partial record Condition
{
    public bool Holds(Facts facts) => Passes(facts) != Negated;

    /// <summary>The first that does not hold, or null: all hold.</summary>
    public static Condition? FirstFailing(ImmutableArray<Condition> conditions, Facts facts)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds(facts))
            {
                return condition;
            }
        }

        return null;
    }

    /// <summary>The condition in words, for a refusal's detail: <c>age-band is one of 18-25, 26-35</c>.</summary>
    public string Describe()
    {
        var not = Negated ? "not " : "";
        return Test switch
        {
            ConditionTest.HasTag => $"{not}tagged {Subject}",
            ConditionTest.IsTrue => $"{Subject} is {not}true",
            ConditionTest.EqualTo => $"{Subject} is {not}{Operands[0]}",
            ConditionTest.OneOf => $"{Subject} is {not}one of {string.Join(", ", Operands)}",
            ConditionTest.AtLeast => $"{Subject} is {not}at least {Operands[0]}",
            ConditionTest.AtMost => $"{Subject} is {not}at most {Operands[0]}",
            _ => throw new InvalidOperationException($"A condition on {Subject} has no test."),
        };
    }

    private bool Passes(Facts facts)
    {
        if (IsTag)
        {
            return facts.Tags.Contains(Subject);
        }

        if (!facts.Values.TryGetValue(Subject, out var fact))
        {
            return false;
        }

        return Test switch
        {
            ConditionTest.IsTrue => fact.Value.IsTrue,
            ConditionTest.EqualTo or ConditionTest.OneOf => Operands.Contains(fact.Value),
            ConditionTest.AtLeast => fact.Value.Kind == FactKind.Number && fact.Value.Number >= Operands[0].Number,
            ConditionTest.AtMost => fact.Value.Kind == FactKind.Number && fact.Value.Number <= Operands[0].Number,
            _ => throw new InvalidOperationException($"A condition on {Subject} has no test."),
        };
    }
}
