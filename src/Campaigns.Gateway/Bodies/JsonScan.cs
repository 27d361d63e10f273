using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Campaigns.Gateway.Answers;

namespace Campaigns.Gateway.Bodies;

/// <summary>
/// Looks a body over before it is deserialised, so that every fault has its path: well-formed, bounded in depth, an
/// object, each member known, once, and of its type.
/// </summary>
internal ref struct JsonScan
{
    private readonly int _maxDepth;
    private readonly IList<JsonPropertyInfo> _members;
    private readonly Stack<Level> _levels = new();
    private Utf8JsonReader _reader;

    private JsonScan(ReadOnlySpan<byte> json, JsonTypeInfo type, int maxDepth)
    {
        _maxDepth = maxDepth;
        _members = type.Properties;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth + 2 });
    }

    /// <summary>Null where the body may be deserialised; only the members' ranges are left to check then.</summary>
    public static Problem? Check(ReadOnlySpan<byte> json, JsonTypeInfo type, int maxDepth)
    {
        var faults = new Faults();
        try
        {
            new JsonScan(json, type, maxDepth).Read(faults);
        }
        catch (JsonException malformed)
        {
            return new Problem(ProblemKind.Malformed, malformed.LineNumber is { } line
                ? $"Byte {malformed.BytePositionInLine} of line {line + 1} does not belong there."
                : "A string is not well-formed Unicode.");
        }

        return faults.ToProblem();
    }

    private void Read(Faults faults)
    {
        while (_reader.Read())
        {
            switch (_reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    Name(faults);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _levels.Pop();
                    break;
                default:
                    if (!Value(faults))
                    {
                        return;
                    }

                    break;
            }
        }
    }

    private void Name(Faults faults)
    {
        var name = Text();
        var level = _levels.Peek();
        level.Name = name;
        if (!level.Names.Add(name))
        {
            faults.Add(Path(), "is given twice");
        }
        else if (_levels.Count == 1 && Member(name) is null)
        {
            faults.Add(Path(), "is not known");
        }
    }

    /// <summary>False where reading on makes no sense.</summary>
    private bool Value(Faults faults)
    {
        if (_levels.TryPeek(out var level))
        {
            level.Index++;
        }

        if (_reader.TokenType == JsonTokenType.String)
        {
            Text();
        }

        if (_levels.Count == 0 && _reader.TokenType != JsonTokenType.StartObject)
        {
            faults.Add("$", "must be an object");
        }
        else if (_levels.Count == 1
            && Member(level!.Name) is { } member
            && Mismatch(member.PropertyType) is { } message)
        {
            faults.Add(Path(), message);
        }

        if (_reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return true;
        }

        _levels.Push(new Level());
        if (_levels.Count <= _maxDepth)
        {
            return true;
        }

        faults.Add("$", $"must not be nested deeper than {_maxDepth} levels");
        return false;
    }

    private string? Mismatch(Type type) => _reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number when type == typeof(long?) && _reader.TryGetInt64(out _) => null,
        _ when type == typeof(long?) => "must be an integer of 64 bits without fraction or exponent",
        JsonTokenType.String when type == typeof(string) => null,
        _ when type == typeof(string) => "must be a string",
        JsonTokenType.StartArray when type.IsArray => null,
        _ when type.IsArray => "must be an array",
        JsonTokenType.StartObject => null,
        _ => "must be an object",
    };

    private JsonPropertyInfo? Member(string? name)
    {
        foreach (var member in _members)
        {
            if (member.Name == name)
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>The string under the reader; the reader itself does not look at its encoding.</summary>
    private string Text()
    {
        if (!Utf8.IsValid(_reader.ValueSpan))
        {
            throw new JsonException("not UTF-8");
        }

        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException halfPair)
        {
            throw new JsonException("half of a surrogate pair", halfPair);
        }
    }

    private string Path() => "$" + string.Concat(_levels.Reverse().Select(level => level.Step));

    private sealed class Level
    {
        private const int ShownName = 64;

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public string? Name { get; set; }

        /// <summary>Of the element being read, in an array.</summary>
        public int Index { get; set; } = -1;

        public string Step => Name switch
        {
            null => $"[{Index}]",
            { Length: > 0 and <= ShownName } name when name.All(IsPlain) => "." + name,
            var name => $"['{name[..Math.Min(name.Length, ShownName)]}']",
        };

        private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
    }
}
