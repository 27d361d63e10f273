using YamlDotNet.RepresentationModel;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>
/// What an overlay gives a cluster, with each of the components: as much of kustomize as these manifests use.
/// </summary>
internal sealed class Overlay
{
    /// <summary>By which member the items of a list are told apart; other lists are replaced as a whole.</summary>
    private static readonly Dictionary<string, string> Keys = new()
    {
        ["containers"] = "name", ["env"] = "name", ["volumes"] = "name", ["volumeMounts"] = "mountPath",
    };

    public Overlay(string folder)
    {
        Kustomization = Manifests.Kustomization(folder);
        string[] sources = [Manifests.Base, .. Manifests.Components, folder];
        foreach (var one in sources.SelectMany(Manifests.ResourcesOf))
        {
            Objects.Add(one.Name(), one);
        }

        foreach (var patch in sources.SelectMany(Manifests.PatchesOf))
        {
            Objects[patch.Name()] = Merge(Objects[patch.Name()], patch, "");
        }
    }

    public YamlNode Kustomization { get; }

    public Dictionary<string, YamlNode> Objects { get; } = [];

    public IEnumerable<YamlNode> Workloads => Objects.Values.Where(one => one.Pod() is not null);

    public IEnumerable<YamlNode> OfKind(string kind) => Objects.Values.Where(one => one.Text("kind") == kind);

    private static YamlNode Merge(YamlNode target, YamlNode patch, string name) => (target, patch) switch
    {
        (YamlMappingNode old, YamlMappingNode changes) => MergeMembers(old, changes),
        (YamlSequenceNode old, YamlSequenceNode changes) when Keys.TryGetValue(name, out var key) =>
            MergeItems(old, changes, key),
        _ => patch,
    };

    private static YamlMappingNode MergeMembers(YamlMappingNode old, YamlMappingNode changes)
    {
        var merged = new YamlMappingNode(old.Children);
        foreach (var (name, value) in changes.Children)
        {
            merged.Children[name] = old.Children.TryGetValue(name, out var present)
                ? Merge(present, value, name.ToString())
                : value;
        }

        return merged;
    }

    private static YamlSequenceNode MergeItems(YamlSequenceNode old, YamlSequenceNode changes, string key)
    {
        var merged = new YamlSequenceNode(old.Children);
        foreach (var change in changes)
        {
            var place = merged.Children.ToList().FindIndex(item => item.Text(key) == change.Text(key));
            if (place < 0)
            {
                merged.Add(change);
            }
            else
            {
                merged.Children[place] = Merge(merged.Children[place], change, "");
            }
        }

        return merged;
    }
}
