using YamlDotNet.RepresentationModel;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>The Kubernetes manifests, read without a cluster and without kustomize.</summary>
internal static class Manifests
{
    public const string Base = "deploy/kubernetes/base";

    public static IReadOnlyList<string> Overlays { get; } = Folders("deploy/kubernetes/overlays");

    /// <summary>What an overlay may take in addition.</summary>
    public static IReadOnlyList<string> Components { get; } = Folders("deploy/kubernetes/components");

    public static IReadOnlyList<YamlNode> Objects { get; } = [.. Files(Base).SelectMany(Yaml.Documents)];

    /// <summary>What has pods.</summary>
    public static IReadOnlyList<YamlNode> Workloads { get; } = [.. Objects.Where(one => one.Pod() is not null)];

    /// <summary>Objects that are merged into those of the base.</summary>
    public static IReadOnlyList<YamlNode> Patches { get; } =
        [.. Overlays.Concat(Components).SelectMany(PatchesOf)];

    /// <summary>Objects that overlays and components add to those of the base.</summary>
    public static IReadOnlyList<YamlNode> Further { get; } =
        [.. Overlays.Concat(Components).SelectMany(ResourcesOf)];

    public static string Name(this YamlNode one) => one.Text("kind") + "/" + one.Text("metadata.name");

    public static YamlNode Find(string name) => Objects.Single(one => one.Name() == name);

    /// <summary>The template of the pods; null: it has none.</summary>
    public static YamlNode? Pod(this YamlNode one) =>
        new[] { one.At("spec.jobTemplate.spec.template"), one.At("spec.template") }
            .FirstOrDefault(template => template.At("spec") is not null);

    public static IEnumerable<YamlNode> Containers(this YamlNode one) => one.Pod().Items("spec.containers");

    public static IEnumerable<string> Labels(this YamlNode? labels) =>
        labels.Members().Select(label => $"{label.Key}={label.Value}");

    /// <summary>The workloads whose pods a selector means.</summary>
    public static List<YamlNode> Selected(YamlNode? labels)
    {
        var wanted = labels.Labels().ToList();
        return wanted.Count == 0
            ? []
            : [.. Workloads.Where(one => !wanted.Except(one.Pod().At("metadata.labels").Labels()).Any())];
    }

    /// <summary>The YAML files of a folder but for its kustomization.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.yaml")
            .Where(file => Path.GetFileName(file) != "kustomization.yaml")
            .Select(Repository.Relative)
            .Order(StringComparer.Ordinal);

    public static YamlNode Kustomization(string folder) => Yaml.Documents(folder + "/kustomization.yaml")[0];

    /// <summary>The objects in files of a kustomization's own folder.</summary>
    public static IEnumerable<YamlNode> ResourcesOf(string folder) => Kustomization(folder).Items("resources")
        .Select(item => item.ToString())
        .Where(item => !item.StartsWith("..", StringComparison.Ordinal))
        .SelectMany(file => Yaml.Documents($"{folder}/{file}"));

    public static IEnumerable<YamlNode> PatchesOf(string folder) => Kustomization(folder).Items("patches")
        .SelectMany(patch => Yaml.Documents($"{folder}/{patch.Text("path")}"));

    private static List<string> Folders(string parent) =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, parent)).Select(Repository.Relative)
            .Order(StringComparer.Ordinal)];
}
