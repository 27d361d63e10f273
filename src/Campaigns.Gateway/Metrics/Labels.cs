using System.Globalization;
using System.Text;

namespace Campaigns.Gateway.Metrics;

/// <summary>The label set of a measurement, compared without allocating.</summary>
internal static class Labels
{
    public static int Hash(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = new HashCode();
        foreach (var (name, value) in tags)
        {
            hash.Add(name);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public static bool Equal(KeyValuePair<string, object?>[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (known.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < known.Length; i++)
        {
            if (known[i].Key != tags[i].Key || !Equals(known[i].Value, tags[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>name="value",...</c> as the text format wants it; empty without labels.</summary>
    public static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(Name(name)).Append("=\"");
            foreach (var letter in Shown(value))
            {
                text.Append(letter switch { '\\' => "\\\\", '"' => "\\\"", '\n' => "\\n", _ => letter.ToString() });
            }

            text.Append('"');
        }

        return text.ToString();
    }

    private static string Shown(object? value) => value switch
    {
        true => "true",
        false => "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A metric's or label's name in the characters that Prometheus allows.</summary>
    public static string Name(string name)
    {
        var allowed = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return allowed.Length == 0 || char.IsAsciiDigit(allowed[0]) ? "_" + allowed : allowed;
    }
}
