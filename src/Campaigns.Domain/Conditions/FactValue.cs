using System.Globalization;

namespace Campaigns.Domain.Conditions;

/// <summary>A fact's value: a text, an integer or a truth value. No floating point decides about value.</summary>
public readonly record struct FactValue
{
    private FactValue(FactKind kind, string? text, long number)
    {
        Kind = kind;
        Text = text;
        Number = number;
    }

    public FactKind Kind { get; }

    public string? Text { get; }

    /// <summary>The integer, or 1 and 0 for true and false.</summary>
    public long Number { get; }

    public bool IsTrue => Kind == FactKind.Truth && Number == 1;

    public static FactValue Of(string text) => new(FactKind.Text, text, 0);

    public static FactValue Of(long number) => new(FactKind.Number, null, number);

    public static FactValue Of(bool truth) => new(FactKind.Truth, null, truth ? 1 : 0);

    public override string ToString() => Kind switch
    {
        FactKind.Text => Text!,
        FactKind.Truth => IsTrue ? "true" : "false",
        _ => Number.ToString(CultureInfo.InvariantCulture),
    };
}

public enum FactKind
{
    /// <summary>Never valid.</summary>
    None = 0,
    Text,
    Number,
    Truth,
}
