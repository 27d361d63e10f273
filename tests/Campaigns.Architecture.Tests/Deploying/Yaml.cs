using YamlDotNet.RepresentationModel;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>YAML as it lies in deploy/, with a way along its members.</summary>
internal static class Yaml
{
    public static IReadOnlyList<YamlNode> Documents(string path)
    {
        using var reader = new StreamReader(Path.Combine(Repository.Root, path));
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>The member along a path such as <c>spec.template</c>, merged ones included; null: not there.</summary>
    public static YamlNode? At(this YamlNode? node, string path)
    {
        foreach (var name in path.Split('.'))
        {
            node = Member(node, name);
        }

        return node;
    }

    /// <summary>The scalar along a path; null: not there.</summary>
    public static string? Text(this YamlNode? node, string path) => (node.At(path) as YamlScalarNode)?.Value;

    public static IEnumerable<YamlNode> Items(this YamlNode? node, string path) =>
        node.At(path) as YamlSequenceNode ?? Enumerable.Empty<YamlNode>();

    /// <summary>Names and nodes of all members, merged ones included.</summary>
    public static IEnumerable<KeyValuePair<string, YamlNode>> Members(this YamlNode? node)
    {
        if (node is not YamlMappingNode map)
        {
            yield break;
        }

        foreach (var (key, value) in map.Children)
        {
            if (key.ToString() == "<<")
            {
                foreach (var merged in Members(value))
                {
                    yield return merged;
                }
            }
            else
            {
                yield return new(key.ToString(), value);
            }
        }
    }

    private static YamlNode? Member(YamlNode? node, string name)
    {
        if (node is not YamlMappingNode map)
        {
            return null;
        }

        return map.Children.TryGetValue(name, out var own) ? own
            : map.Children.TryGetValue("<<", out var merged) ? Member(merged, name)
            : null;
    }
}
