using System.Text.Json;
using NodaTime;

namespace Campaigns.Domain.Documents;

/// <summary>
/// Reads the members of one JSON object strictly. A missing, mistyped or impossible member becomes a fault with its
/// path and is answered with null, so that the parse goes on and tells every fault at once. Call <see cref="Done"/>
/// last: members that nobody asked for are faults too.
/// </summary>
internal sealed class ObjectReader
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<string> _unread = [];
    private readonly int _faultsBefore;

    public ObjectReader(JsonElement element, string path, ParseContext context)
    {
        Path = path;
        Context = context;
        _faultsBefore = context.FaultCount;
        foreach (var member in element.EnumerateObject())
        {
            if (_members.TryAdd(member.Name, member.Value))
            {
                _unread.Add(member.Name);
            }
            else
            {
                Fault(member.Name, "appears more than once");
            }
        }
    }

    public string Path { get; }

    public ParseContext Context { get; }

    /// <summary>
    /// Nothing was wrong since this reader was made: with this object and what is in it, as long as no other is read
    /// meanwhile. Lists hand out their readers one by one for that reason.
    /// </summary>
    public bool Clean => Context.FaultCount == _faultsBefore;

    /// <summary>Names that nobody asked for yet, in the document's order.</summary>
    public IReadOnlyList<string> Unread => _unread;

    public bool Has(string name) => _members.ContainsKey(name);

    public string PathOf(string name) => JsonPath.Member(Path, name);

    public void Fault(string name, string message) => Context.Fault(PathOf(name), message);

    /// <summary>Faults a member that may not be here, if it is.</summary>
    public void Refuse(string name, string message)
    {
        if (Take(name) is not null)
        {
            Fault(name, message);
        }
    }

    public void Done()
    {
        foreach (var name in _unread)
        {
            Fault(name, "is not a member that is known here");
        }

        _unread.Clear();
    }

    public long? Integer(string name, long min, long max) =>
        Need(name) is { } value ? AsInteger(value, name, min, max) : null;

    public long? OptionalInteger(string name, long min, long max) =>
        Take(name) is { } value ? AsInteger(value, name, min, max) : null;

    public int? Count(string name, int min, int max) => (int?)Integer(name, min, max);

    public int? OptionalCount(string name, int min, int max) => (int?)OptionalInteger(name, min, max);

    public bool? OptionalFlag(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Fault(name, "must be true or false");
        return null;
    }

    public string? Text(string name) => Need(name) is { } value ? AsText(value, name) : null;

    public string? OptionalText(string name) => Take(name) is { } value ? AsText(value, name) : null;

    public string? Id(string name)
    {
        var text = Text(name);
        if (text is null || Scalar.IsId(text))
        {
            return text;
        }

        Fault(name, $"'{JsonPath.Quote(text)}' is not an id: a-z, 0-9 and -, at most 64, not beginning with -");
        return null;
    }

    public T? Choice<T>(string name, params ReadOnlySpan<(string Text, T Value)> choices)
        where T : struct =>
        Text(name) is { } text ? Choose(name, text, choices) : null;

    public T? OptionalChoice<T>(string name, params ReadOnlySpan<(string Text, T Value)> choices)
        where T : struct =>
        OptionalText(name) is { } text ? Choose(name, text, choices) : null;

    public Instant? Time(string name) => Text(name) is { } text ? AsTime(name, text) : null;

    public Instant? OptionalTime(string name) => OptionalText(name) is { } text ? AsTime(name, text) : null;

    public Duration? Duration(string name, Duration min, Duration max) =>
        Text(name) is { } text ? AsDuration(name, text, min, max) : null;

    public Duration? OptionalDuration(string name, Duration min, Duration max) =>
        OptionalText(name) is { } text ? AsDuration(name, text, min, max) : null;

    public ObjectReader? Object(string name) => Need(name) is { } value ? AsObject(value, name) : null;

    public ObjectReader? OptionalObject(string name) => Take(name) is { } value ? AsObject(value, name) : null;

    /// <summary>
    /// The objects of a list, each with its own path, made when the loop comes to it; entries that are no objects are
    /// faults and left out.
    /// </summary>
    public IEnumerable<ObjectReader> Objects(string name, int min, int max)
    {
        foreach (var (element, path) in Elements(name, min, max))
        {
            if (element.ValueKind == JsonValueKind.Object)
            {
                yield return new ObjectReader(element, path, Context);
            }
            else
            {
                Context.Fault(path, "must be an object");
            }
        }
    }

    public IEnumerable<ObjectReader> OptionalObjects(string name, int min, int max) =>
        Has(name) ? Objects(name, min, max) : [];

    /// <summary>
    /// The entries of a list with their paths; empty with a fault where it is no list or has another length.
    /// </summary>
    public List<(JsonElement Element, string Path)> Elements(string name, int min, int max)
    {
        if (Need(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault(name, "must be a list");
            return [];
        }

        var length = value.GetArrayLength();
        if (length < min || length > max)
        {
            Fault(name, length < min ? $"must have at least {min} entries" : $"must have at most {max} entries");
            return [];
        }

        return [.. value.EnumerateArray().Select((element, i) => (element, JsonPath.Index(PathOf(name), i)))];
    }

    /// <summary>Reads a member whose type the caller judges; null without a fault where it is absent.</summary>
    public JsonElement? Take(string name)
    {
        if (!_members.TryGetValue(name, out var value))
        {
            return null;
        }

        _unread.Remove(name);
        return value;
    }

    private JsonElement? Need(string name)
    {
        var value = Take(name);
        if (value is null)
        {
            Fault(name, "is required");
        }

        return value;
    }

    private long? AsInteger(JsonElement value, string name, long min, long max)
    {
        var integer = JsonInteger.Read(value, out var fault);
        if (integer is null)
        {
            Fault(name, fault);
            return null;
        }

        if (integer >= min && integer <= max)
        {
            return integer;
        }

        Fault(name, $"must be between {min} and {max}");
        return null;
    }

    private string? AsText(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Fault(name, "must be a text");
        return null;
    }

    private Instant? AsTime(string name, string text)
    {
        if (Scalar.Time(text) is not { } time)
        {
            Fault(name, "must be an RFC 3339 time with offset, such as 2027-02-05T20:00:00+08:00");
            return null;
        }

        if (time >= DocumentLimits.Earliest && time < DocumentLimits.Latest)
        {
            return time;
        }

        Fault(name, "must be in the years 2000 to 2199");
        return null;
    }

    private Duration? AsDuration(string name, string text, Duration min, Duration max)
    {
        if (Scalar.Duration(text) is not { } duration)
        {
            Fault(name, "must be an ISO 8601 duration without years and months, such as PT15M or P30D");
            return null;
        }

        if (duration >= min && duration <= max)
        {
            return duration;
        }

        Fault(name, $"must be between {Describe(min)} and {Describe(max)}");
        return null;
    }

    private ObjectReader? AsObject(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return new ObjectReader(value, PathOf(name), Context);
        }

        Fault(name, "must be an object");
        return null;
    }

    private T? Choose<T>(string name, string text, ReadOnlySpan<(string Text, T Value)> choices)
        where T : struct
    {
        foreach (var choice in choices)
        {
            if (choice.Text == text)
            {
                return choice.Value;
            }
        }

        var known = new List<string>(choices.Length);
        foreach (var choice in choices)
        {
            known.Add(choice.Text);
        }

        Fault(name, $"'{JsonPath.Quote(text)}' is not one of {string.Join(", ", known)}");
        return null;
    }

    private static string Describe(Duration duration) =>
        duration.TotalSeconds % 86400 == 0 ? $"P{duration.Days}D" : $"PT{(long)duration.TotalSeconds}S";
}
