using System.Globalization;
using System.Text.Json;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>
/// Holds an answer against its schema, stricter than JSON Schema: members that the document does not name are faults
/// too, for a client written from the document would never see them.
/// </summary>
internal sealed class SchemaCheck(ApiDocument api)
{
    /// <summary>What is wrong, with its path; null: nothing.</summary>
    public string? Fault(JsonElement value, JsonElement schema, string path = "$")
    {
        schema = api.Resolve(schema);
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            return choices.EnumerateArray().Any(choice => Fault(value, choice, path) is null)
                ? null
                : $"{path} is none of its choices";
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(TypeOf(value)))
        {
            return $"{path} is {TypeOf(value)} instead of {type}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => Members(value, schema, path),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value.EnumerateArray()
                .Select((item, index) => Fault(item, items, $"{path}[{index}]"))
                .FirstOrDefault(fault => fault is not null),
            JsonValueKind.String when Format(schema) == "date-time" => IsInstant(value.GetString()!)
                ? null
                : $"{path} is no RFC 3339 time: {value}",
            _ => null,
        };
    }

    private string? Members(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("required", out var required)
            && required.EnumerateArray().Select(name => name.GetString()!)
                .FirstOrDefault(name => !value.TryGetProperty(name, out _)) is { } missing)
        {
            return $"{path}.{missing} is missing";
        }

        var known = schema.TryGetProperty("properties", out var properties);
        var open = schema.TryGetProperty("additionalProperties", out var others)
            && others.ValueKind == JsonValueKind.Object;
        foreach (var member in value.EnumerateObject())
        {
            var inner = $"{path}.{member.Name}";
            if (known && properties.TryGetProperty(member.Name, out var property))
            {
                if (Fault(member.Value, property, inner) is { } fault)
                {
                    return fault;
                }
            }
            else if (open)
            {
                if (Fault(member.Value, others, inner) is { } fault)
                {
                    return fault;
                }
            }
            else if (known)
            {
                return $"{inner} is not in the document";
            }
        }

        return null;
    }

    private static string[] Types(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? [.. type.EnumerateArray().Select(one => one.GetString()!)]
        : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };

    private static string? Format(JsonElement schema) =>
        schema.TryGetProperty("format", out var format) ? format.GetString() : null;

    private static bool IsInstant(string text) =>
        text.Length >= 20 && text[10] == 'T' && (text[^1] == 'Z' || text[^3] == ':')
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);
}
