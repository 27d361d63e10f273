using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>
/// What each overlay gives a cluster when its patches and the components are merged into the base: nothing refers to
/// what is not there.
/// </summary>
public sealed partial class OverlayTests
{
    /// <summary>The committer's, which comes to <c>DrainDelay</c> and <c>DrainTimeout</c>.</summary>
    private const int CommitterDrain = 10;

    private static readonly Dictionary<string, Overlay> Rendered =
        Manifests.Overlays.ToDictionary(folder => Path.GetFileName(folder), folder => new Overlay(folder));

    /// <summary>Secrets and config maps that operators make, with their keys; none listed: as they wish.</summary>
    private static readonly Dictionary<string, string[]> MadeElsewhere = SecretRow()
        .Matches(HostFacts.Text("docs/operations.md"))
        .ToDictionary(
            row => row.Groups[1].Value,
            row => Quoted().Matches(row.Groups[2].Value).Select(key => key.Groups[1].Value).ToArray());

    public static TheoryData<string> Names => [.. Rendered.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pods_AreGivenWhatIsThereOrOnTheListOfWhatIsMadeElsewhere(string overlay)
    {
        var objects = Rendered[overlay].Objects;
        foreach (var workload in Rendered[overlay].Workloads)
        {
            objects.ShouldContainKey("ServiceAccount/" + workload.Pod().Text("spec.serviceAccountName"));
            foreach (var container in workload.Containers())
            {
                var maps = container.Items("envFrom").Select(from => from.Text("configMapRef.name")).OfType<string>();
                maps.Where(map => !objects.ContainsKey("ConfigMap/" + map)).ShouldBeEmpty(workload.Name());
                var secrets = container.Items("envFrom").Select(from => from.Text("secretRef.name")).OfType<string>();
                secrets.Except(MadeElsewhere.Keys).ShouldBeEmpty(workload.Name());
                foreach (var key in container.Items("env").Select(env => env.At("valueFrom.secretKeyRef"))
                    .OfType<YamlNode>())
                {
                    MadeElsewhere.ShouldContainKey(key.Text("name")!);
                    MadeElsewhere[key.Text("name")!].ShouldContain(key.Text("key"), workload.Name());
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Volumes_AreMountedAndHoldTheFilesThatSettingsName(string overlay)
    {
        var settings = Rendered[overlay].Objects["ConfigMap/campaigns"].At("data").Members()
            .Select(setting => setting.Value.ToString()).ToList();
        foreach (var workload in Rendered[overlay].Workloads)
        {
            var container = workload.Containers().Single();
            var volumes = workload.Pod().Items("spec.volumes").ToDictionary(volume => volume.Text("name")!);
            container.Items("volumeMounts").Select(mount => mount.Text("name")!)
                .ShouldBe(volumes.Keys, ignoreOrder: true, workload.Name());
            foreach (var mount in container.Items("volumeMounts"))
            {
                var volume = volumes[mount.Text("name")!];
                var source = volume.Text("secret.secretName") ?? volume.Text("configMap.name");
                if (source is null)
                {
                    volume.At("emptyDir").ShouldNotBeNull(workload.Name());
                    continue;
                }

                var folder = mount.Text("mountPath") + "/";
                var named = container.Items("env").Select(env => env.Text("value")).OfType<string>().Concat(settings)
                    .Where(value => value.StartsWith(folder, StringComparison.Ordinal))
                    .Select(value => value[folder.Length..]).ToList();
                named.ShouldNotBeEmpty(folder);
                named.Except(MadeElsewhere[source]).ShouldBeEmpty(folder);
            }
        }
    }

    /// <summary>What is on the list and nobody asks for is a secret too many.</summary>
    [Fact]
    public void List_OfWhatIsMadeElsewhereHasNothingThatNobodyUses()
    {
        var all = Rendered["production"].Objects.Values.SelectMany(Texts).ToHashSet();
        MadeElsewhere.Keys.Where(name => !all.Contains(name)).ShouldBeEmpty();
        MadeElsewhere.Where(secret => secret.Key is "campaigns-database" or "campaigns-keys")
            .SelectMany(secret => secret.Value).Where(key => !all.Contains(key)).ShouldBeEmpty();
    }

    /// <summary>A kill before the stop's budget is over breaks what was taken.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Stops_HaveTheTimeThatTheyMayTake(string overlay)
    {
        var settings = Rendered[overlay].Objects["ConfigMap/campaigns"].At("data");
        var delay = Seconds(settings, "Campaigns__DrainDelay");
        delay.ShouldBeGreaterThanOrEqualTo(4, "two probes of two seconds");
        var budget = delay + Seconds(settings, "Campaigns__DrainTimeout") + CommitterDrain;
        foreach (var name in (string[])["Deployment/campaigns-gateway", "StatefulSet/campaigns-silo"])
        {
            var grace = Rendered[overlay].Objects[name].Pod().Text("spec.terminationGracePeriodSeconds")!;
            double.Parse(grace, CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(budget, name);
        }
    }

    /// <summary>The server's collector would take a heap for each processor of the node.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Collectors_HaveAHeapForEachProcessorAskedForAndTwoAtLeast(string overlay)
    {
        foreach (var name in (string[])["Deployment/campaigns-gateway", "StatefulSet/campaigns-silo"])
        {
            var container = Rendered[overlay].Objects[name].Containers().Single();
            var env = container.Items("env").ToDictionary(one => one.Text("name")!, one => one.Text("value"));
            var asked = container.Text("resources.requests.cpu")!;
            var processors = asked.EndsWith('m') ? 1 : int.Parse(asked, CultureInfo.InvariantCulture);
            Convert.ToInt32(env["DOTNET_GCHeapCount"], 16).ShouldBe(Math.Max(2, processors), name);
            env["DOTNET_GCNoAffinitize"].ShouldBe("1", "else heaps share the node's first processors with others'");
            Convert.ToInt32(env["DOTNET_GCHeapHardLimitPercent"], 16).ShouldBeInRange(50, 75, name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Policies_NameNeighboursThatExist(string overlay)
    {
        var pages = HostFacts.Text("docs/operations.md");
        foreach (var policy in Rendered[overlay].OfKind("NetworkPolicy"))
        {
            var peers = policy.Items("spec.ingress").SelectMany(rule => rule.Items("from"))
                .Concat(policy.Items("spec.egress").SelectMany(rule => rule.Items("to")));
            foreach (var peer in peers)
            {
                if (peer.At("podSelector.matchLabels") is { } labels)
                {
                    Manifests.Selected(labels).ShouldNotBeEmpty(policy.Name());
                    continue;
                }

                var label = peer.At("namespaceSelector.matchLabels").Members().Single();
                label.Key.ShouldBe("kubernetes.io/metadata.name");
                pages.ShouldContain($"`{label.Value}`", Case.Sensitive, policy.Name());
            }
        }
    }

    /// <summary>An immutable Job that changes with the image cannot be applied twice under one name.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Overlay_HasANamespaceAnImageAnIssuerAndAMigrationOfItsOwn(string overlay)
    {
        var rendered = Rendered[overlay];
        var space = rendered.Kustomization.Text("namespace");
        rendered.OfKind("Namespace").ShouldHaveSingleItem().Text("metadata.name").ShouldBe(space);
        var image = rendered.Kustomization.Items("images").ShouldHaveSingleItem();
        image.Text("name").ShouldBe("campaigns");
        image.Text("newName").ShouldNotBeNull().ShouldContain('/');
        image.Text("newTag").ShouldNotBeNullOrEmpty();
        rendered.Workloads.SelectMany(Manifests.Containers).ShouldAllBe(one => one.Text("image") == "campaigns");

        rendered.Objects["ConfigMap/campaigns"].Text("data.Campaigns__Gateway__Auth__Issuer")
            .ShouldNotBeNull().ShouldStartWith("https://");
        var renames = rendered.Kustomization.Items("replacements").ShouldHaveSingleItem();
        rendered.Objects.ShouldContainKey($"{renames.Text("source.kind")}/{renames.Text("source.name")}");
        renames.Text("source.fieldPath").ShouldBe("spec.template.spec.containers.0.image");
        var target = renames.Items("targets").ShouldHaveSingleItem();
        $"{target.Text("select.kind")}/{target.Text("select.name")}".ShouldBe("Job/campaigns-migrate");
        target.Items("fieldPaths").ShouldHaveSingleItem().ToString().ShouldBe("metadata.name");
    }

    /// <summary>What is applied before the rest, by its label, needs nothing of the rest.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Migration_BringsItsAccountAndItsPolicy(string overlay)
    {
        var parts = Rendered[overlay].Objects.Values
            .Where(one => one.At("metadata.labels").Labels().Contains("app.kubernetes.io/component=migration"))
            .Select(Manifests.Name);
        var account = Rendered[overlay].Objects["Job/campaigns-migrate"].Pod().Text("spec.serviceAccountName");
        parts.ShouldBe(
            ["Job/campaigns-migrate", "ServiceAccount/" + account, "NetworkPolicy/campaigns-migrate"],
            ignoreOrder: true);
    }

    [Fact]
    public void Ingress_LeadsToTheApiAlone()
    {
        var objects = Rendered["production"].Objects;
        var paths = objects["Ingress/campaigns"].Items("spec.rules").SelectMany(rule => rule.Items("http.paths"))
            .ToList();
        paths.Select(path => path.Text("path")).ShouldBe(["/v1"]);
        var backend = paths[0].At("backend.service");
        objects["Service/" + backend.Text("name")].Items("spec.ports").Select(port => port.Text("name"))
            .ShouldContain(backend.Text("port.name"));
    }

    private static IEnumerable<string> Texts(YamlNode node) => node.AllNodes.OfType<YamlScalarNode>()
        .Select(scalar => scalar.Value!);

    private static double Seconds(YamlNode? settings, string name) =>
        TimeSpan.Parse(settings.Text(name)!, CultureInfo.InvariantCulture).TotalSeconds;

    [GeneratedRegex(@"^\| (?:secret|config map) `([a-z-]+)` \|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex SecretRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
