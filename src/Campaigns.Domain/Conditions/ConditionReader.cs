using System.Collections.Immutable;
using System.Text.Json;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.Conditions;

/// <summary>
/// Reads conditions: <c>{"fact": f}</c> (is true), with one of <c>eq</c>, <c>in</c>, <c>gte</c>, <c>lte</c> (or gte
/// and lte together), or <c>{"tag": t}</c>; <c>"not": true</c> negates, and so does <c>{"not": Condition}</c>.
/// </summary>
internal static class ConditionReader
{
    private const int LongestText = 200;

    /// <summary>The conditions of a list; empty where the list is absent.</summary>
    public static ImmutableArray<Condition> OptionalList(ObjectReader reader, string name) =>
        reader.Has(name) ? List(reader, name, 0) : [];

    public static ImmutableArray<Condition> List(ObjectReader reader, string name, int min)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        foreach (var entry in reader.Objects(name, min, DocumentLimits.Conditions))
        {
            conditions.AddRange(Read(entry));
        }

        return conditions.ToImmutable();
    }

    private static ImmutableArray<Condition> Read(ObjectReader reader)
    {
        if (reader.Take("not") is { ValueKind: JsonValueKind.Object })
        {
            return ReadNested(reader);
        }

        var negated = reader.OptionalFlag("not") ?? false;
        var tests = reader.Has("tag") ? ReadTag(reader) : ReadFact(reader);
        if (negated && tests.Length > 1)
        {
            reader.Fault("not", "does not go with gte and lte together");
        }

        reader.Done();
        return reader.Clean ? [.. tests.Select(test => test with { Negated = negated })] : [];
    }

    private static ImmutableArray<Condition> ReadNested(ObjectReader reader)
    {
        var inner = reader.Object("not")!;
        reader.Done();
        var tests = inner.Has("not") ? [] : Read(inner);
        if (inner.Has("not"))
        {
            inner.Fault("not", "cannot be inside another not");
        }
        else if (tests.Length > 1)
        {
            inner.Context.Fault(inner.Path, "cannot have gte and lte together inside a not");
        }

        return reader.Clean ? [.. tests.Select(test => test with { Negated = true })] : [];
    }

    private static ImmutableArray<Condition> ReadTag(ObjectReader reader)
    {
        var tag = reader.Text("tag");
        if (tag is not null && !Scalar.IsPrintable(tag))
        {
            reader.Fault("tag", "must be 1 to 64 printable ASCII characters");
        }

        foreach (var name in (ReadOnlySpan<string>)["fact", "eq", "in", "gte", "lte"])
        {
            reader.Refuse(name, "does not go with a tag");
        }

        return tag is null ? [] : [new Condition { Subject = tag, IsTag = true, Test = ConditionTest.HasTag }];
    }

    private static ImmutableArray<Condition> ReadFact(ObjectReader reader)
    {
        var fact = reader.Text("fact");
        if (fact is not null && !Scalar.IsFactName(fact))
        {
            reader.Fault("fact", "must be 1 to 64 letters, digits, '.', '_' and '-'");
        }

        var subject = fact ?? "";
        var tests = ImmutableArray.CreateBuilder<Condition>();
        Add(ConditionTest.EqualTo, Value(reader, "eq"));
        Add(ConditionTest.OneOf, Values(reader, "in"));
        Add(ConditionTest.AtLeast, Number(reader, "gte"));
        Add(ConditionTest.AtMost, Number(reader, "lte"));
        var range = tests is [{ Test: ConditionTest.AtLeast }, { Test: ConditionTest.AtMost }];
        if (tests.Count > 1 && !range)
        {
            reader.Context.Fault(reader.Path, "must have one of eq, in, gte and lte, or gte and lte together");
        }
        else if (range && tests[0].Operands[0].Number > tests[1].Operands[0].Number)
        {
            reader.Fault("lte", "is less than gte");
        }

        return tests.Count == 0
            ? [new Condition { Subject = subject, Test = ConditionTest.IsTrue }]
            : tests.ToImmutable();

        void Add(ConditionTest test, ImmutableArray<FactValue> operands)
        {
            if (!operands.IsDefaultOrEmpty)
            {
                tests.Add(new Condition { Subject = subject, Test = test, Operands = operands });
            }
        }
    }

    private static ImmutableArray<FactValue> Value(ObjectReader reader, string name) =>
        reader.Take(name) is { } element && Read(element, reader.PathOf(name), reader.Context) is { } value
            ? [value]
            : [];

    private static ImmutableArray<FactValue> Number(ObjectReader reader, string name) =>
        reader.OptionalInteger(name, -DocumentLimits.Amount, DocumentLimits.Amount) is { } number
            ? [FactValue.Of(number)]
            : [];

    private static ImmutableArray<FactValue> Values(ObjectReader reader, string name)
    {
        if (!reader.Has(name))
        {
            return [];
        }

        var values = ImmutableArray.CreateBuilder<FactValue>();
        foreach (var (element, path) in reader.Elements(name, 1, DocumentLimits.Operands))
        {
            if (Read(element, path, reader.Context) is { } value)
            {
                values.Add(value);
            }
        }

        return values.ToImmutable();
    }

    private static FactValue? Read(JsonElement element, string path, ParseContext context)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return FactValue.Of(element.GetBoolean());
            case JsonValueKind.String when element.GetString() is { Length: <= LongestText } text:
                return FactValue.Of(text);
            case JsonValueKind.String:
                context.Fault(path, $"must have at most {LongestText} characters");
                return null;
            case JsonValueKind.Number when JsonInteger.Read(element, out var fault) is var number:
                if (number is { } integer)
                {
                    return FactValue.Of(integer);
                }

                context.Fault(path, fault);
                return null;
            default:
                context.Fault(path, "must be a text, an integer, true or false");
                return null;
        }
    }
}
