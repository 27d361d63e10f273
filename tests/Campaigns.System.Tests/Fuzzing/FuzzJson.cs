using System.Text;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>A JSON object as text that no serialiser would write: members in order, values raw.</summary>
internal sealed class FuzzJson
{
    public List<(string Name, string Raw)> Members { get; } = [];

    public void Set(string name, string raw)
    {
        var at = Members.FindIndex(member => member.Name == name);
        if (at < 0)
        {
            Members.Add((name, raw));
        }
        else
        {
            Members[at] = (name, raw);
        }
    }

    public string Text(Random random)
    {
        if (Members.Count == 0 && random.Next(2) == 0)
        {
            return random.Next(2) == 0 ? "" : "{}";
        }

        var text = new StringBuilder("{");
        for (var i = 0; i < Members.Count; i++)
        {
            var (name, raw) = Members[i];
            text.Append(i == 0 ? "" : ",").Append(Space(random)).Append('"').Append(Escaped(name, random))
                .Append('"').Append(Space(random)).Append(':').Append(Space(random)).Append(raw);
        }

        return text.Append(Space(random)).Append('}').ToString();
    }

    /// <summary>The same name, at times with one letter as an escape.</summary>
    private static string Escaped(string name, Random random)
    {
        if (name.Length == 0 || random.Next(12) > 0 || name[0] is '"' or '\\')
        {
            return name;
        }

        return $"\\u{(int)name[0]:x4}{name[1..]}";
    }

    private static string Space(Random random) => random.Next(8) switch
    {
        0 => " ",
        1 => "\t",
        2 => "\r\n ",
        _ => "",
    };
}
