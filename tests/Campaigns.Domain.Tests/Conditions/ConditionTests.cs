using Campaigns.Domain.Conditions;
using FsCheck;
using FsCheck.Fluent;

namespace Campaigns.Domain.Tests.Conditions;

public sealed class ConditionTests
{
    private static readonly FactValue[] Values =
    [
        FactValue.Of("a"), FactValue.Of("1"), FactValue.Of("true"), FactValue.Of(0), FactValue.Of(1), FactValue.Of(7),
        FactValue.Of(true), FactValue.Of(false),
    ];

    private static readonly Gen<Condition> AnyCondition =
        from test in Gen.Elements(
            ConditionTest.IsTrue,
            ConditionTest.EqualTo,
            ConditionTest.OneOf,
            ConditionTest.AtLeast,
            ConditionTest.AtMost)
        from operands in Gen.Elements(Values).NonEmptyListOf()
        from number in Gen.Choose(-2, 9)
        from negated in Gen.Elements(true, false)
        select new Condition
        {
            Subject = "f",
            Test = test,
            Negated = negated,
            Operands = test switch
            {
                ConditionTest.IsTrue => [],
                ConditionTest.EqualTo => [operands[0]],
                ConditionTest.OneOf => [.. operands],
                _ => [FactValue.Of((long)number)],
            },
        };

    [Fact]
    public void Conditions_AgreeWithANaiveReading() =>
        Prop.ForAll(AnyCondition.ToArbitrary(), Gen.Elements(Values).ToArbitrary(), (condition, value) =>
        {
            var facts = Facts.Of(1, [new("f", value)]);
            condition.Holds(facts).ShouldBe(Naive(condition, value) != condition.Negated);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void MissingFact_SatisfiesNoTest_SoThatItsNegationHolds() =>
        Prop.ForAll(AnyCondition.ToArbitrary(), condition =>
            condition.Holds(Facts.Of(1, [new("g", FactValue.Of(true))])).ShouldBe(condition.Negated))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Kinds_AreNeverConverted()
    {
        var one = new Condition { Subject = "f", Test = ConditionTest.EqualTo, Operands = [FactValue.Of(1)] };

        one.Holds(Facts.Of(1, [new("f", FactValue.Of("1"))])).ShouldBeFalse();
        one.Holds(Facts.Of(1, [new("f", FactValue.Of(true))])).ShouldBeFalse();
        one.Holds(Facts.Of(1, [new("f", FactValue.Of(1))])).ShouldBeTrue();
    }

    [Fact]
    public void Tag_IsLookedUpAmongTagsOnly()
    {
        var vip = new Condition { Subject = "vip", IsTag = true, Test = ConditionTest.HasTag };

        vip.Holds(Facts.Of(1, [new("vip", FactValue.Of(true))])).ShouldBeFalse();
        vip.Holds(Facts.Of(1, [], ["vip"])).ShouldBeTrue();
    }

    [Fact]
    public void FirstFailing_IsTheFirstInOrder()
    {
        Condition Fact(string name) => new() { Subject = name, Test = ConditionTest.IsTrue };
        var facts = Facts.Of(1, [new("a", FactValue.Of(true)), new("d", FactValue.Of(true))]);

        Condition.FirstFailing([Fact("a"), Fact("b"), Fact("c")], facts)!.Subject.ShouldBe("b");
        Condition.FirstFailing([Fact("a"), Fact("d")], facts).ShouldBeNull();
        Condition.FirstFailing([], Facts.Empty).ShouldBeNull();
    }

    private static bool Naive(Condition condition, FactValue value)
    {
        var operands = condition.Operands.Select(operand => (operand.Kind, operand.ToString())).ToList();
        return condition.Test switch
        {
            ConditionTest.IsTrue => value.Kind == FactKind.Truth && value.ToString() == "true",
            ConditionTest.EqualTo or ConditionTest.OneOf => operands.Contains((value.Kind, value.ToString())),
            ConditionTest.AtLeast => value.Kind == FactKind.Number && value.Number >= long.Parse(operands[0].Item2),
            _ => value.Kind == FactKind.Number && value.Number <= long.Parse(operands[0].Item2),
        };
    }
}
