using YamlDotNet.RepresentationModel;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>The Kubernetes manifests, read without a cluster and without kustomize.</summary>
internal static class Manifests
{
    public const string Base = "deploy/kubernetes/base";

    public static IReadOnlyList<string> Overlays { get; } =
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "deploy/kubernetes/overlays"))
            .Select(Repository.Relative)];

    public static IReadOnlyList<YamlNode> Objects { get; } = [.. Files(Base).SelectMany(Yaml.Documents)];

    /// <summary>What has pods.</summary>
    public static IReadOnlyList<YamlNode> Workloads { get; } =
        [.. Objects.Where(one => one.At("spec.template.spec.containers") is not null)];

    /// <summary>Objects of overlays that are merged into those of the base.</summary>
    public static IReadOnlyList<YamlNode> Patches { get; } =
        [.. Overlays.SelectMany(Files).SelectMany(Yaml.Documents)];

    public static string Name(this YamlNode one) => one.Text("kind") + "/" + one.Text("metadata.name");

    public static YamlNode Find(string name) => Objects.Single(one => one.Name() == name);

    public static IEnumerable<YamlNode> Containers(this YamlNode one) => one.Items("spec.template.spec.containers");

    public static IEnumerable<string> Labels(this YamlNode? labels) =>
        labels.Members().Select(label => $"{label.Key}={label.Value}");

    /// <summary>The workloads whose pods a selector means.</summary>
    public static List<YamlNode> Selected(YamlNode? labels)
    {
        var wanted = labels.Labels().ToList();
        return wanted.Count == 0
            ? []
            : [.. Workloads.Where(one => !wanted.Except(one.At("spec.template.metadata.labels").Labels()).Any())];
    }

    /// <summary>The YAML files of a folder but for its kustomization.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.yaml")
            .Where(file => Path.GetFileName(file) != "kustomization.yaml")
            .Select(Repository.Relative)
            .Order(StringComparer.Ordinal);
}
