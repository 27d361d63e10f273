using System.Text.Json;
using Campaigns.Contracts;
using Campaigns.Gateway.Bodies;

namespace Campaigns.Gateway.Auth;

/// <summary>A fact as JSON: a text, an integer or a truth value.</summary>
internal static class FactJson
{
    /// <summary>Null where name or value have another form.</summary>
    public static Fact? Read(string name, JsonElement value, int maxLength)
    {
        if (!Ids.IsFactName(name))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => new Fact(name, FactKind.Truth, null, 1),
            JsonValueKind.False => new Fact(name, FactKind.Truth, null, 0),
            JsonValueKind.Number when value.TryGetInt64(out var number) =>
                new Fact(name, FactKind.Number, null, number),
            JsonValueKind.String when value.GetString() is { } text && text.Length <= maxLength =>
                new Fact(name, FactKind.Text, text, 0),
            _ => null,
        };
    }
}
