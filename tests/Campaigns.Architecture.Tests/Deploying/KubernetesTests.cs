using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>
/// What a cluster would refuse or misunderstand, found without one: kinds and what they must have, selectors, ports and
/// probes. What overlays make of it is in <see cref="OverlayTests"/>.
/// </summary>
public sealed class KubernetesTests
{
    private static readonly Dictionary<string, (string ApiVersion, string[] Required)> Kinds = new()
    {
        ["ConfigMap"] = ("v1", ["data"]),
        ["ServiceAccount"] = ("v1", ["automountServiceAccountToken"]),
        ["Service"] = ("v1", ["spec.selector", "spec.ports"]),
        ["Job"] = ("batch/v1", ["spec.template.spec.restartPolicy", "spec.backoffLimit"]),
        ["StatefulSet"] = ("apps/v1", ["spec.serviceName", "spec.selector.matchLabels", "spec.replicas"]),
        ["Deployment"] = ("apps/v1", ["spec.selector.matchLabels", "spec.strategy.rollingUpdate"]),
        ["HorizontalPodAutoscaler"] =
            ("autoscaling/v2", ["spec.scaleTargetRef", "spec.minReplicas", "spec.maxReplicas", "spec.metrics"]),
        ["PodDisruptionBudget"] = ("policy/v1", ["spec.maxUnavailable", "spec.selector.matchLabels"]),
        ["Namespace"] = ("v1", ["metadata.labels"]),
        ["CronJob"] =
            ("batch/v1", ["spec.schedule", "spec.concurrencyPolicy", "spec.jobTemplate.spec.backoffLimit"]),
        ["Ingress"] = ("networking.k8s.io/v1", ["spec.rules"]),
        ["ServiceMonitor"] =
            ("monitoring.coreos.com/v1", ["spec.jobLabel", "spec.selector.matchLabels", "spec.endpoints"]),
        ["PrometheusRule"] = ("monitoring.coreos.com/v1", ["spec.groups"]),
        ["NetworkPolicy"] = ("networking.k8s.io/v1", ["spec.podSelector.matchLabels", "spec.policyTypes"]),
    };

    [Fact]
    public void Objects_HaveTheApiVersionOfTheirKindAndWhatItMustHave()
    {
        var all = Manifests.Objects.Concat(Manifests.Further).ToList();
        foreach (var one in all)
        {
            var (apiVersion, required) = Kinds[one.Text("kind")!];
            one.Text("apiVersion").ShouldBe(apiVersion, one.Name());
            required.Append("metadata.name").Where(path => one.At(path) is null).ShouldBeEmpty(one.Name());
        }

        Manifests.Objects.Select(Manifests.Name).ShouldBeUnique();
        all.ShouldNotContain(one => one.Text("kind") == "Secret", "secrets are made elsewhere");
    }

    [Fact]
    public void Kustomizations_ListTheFilesThatAreThere()
    {
        Manifests.Overlays.Count.ShouldBe(2);
        Manifests.Components.Count.ShouldBe(2);
        foreach (var folder in Manifests.Overlays.Concat(Manifests.Components).Append(Manifests.Base))
        {
            var kustomization = Manifests.Kustomization(folder);
            var resources = kustomization.Items("resources").Select(item => item.ToString()).ToList();
            resources.Where(item => item.StartsWith("..", StringComparison.Ordinal))
                .ShouldBe(Manifests.Overlays.Contains(folder) ? ["../../base"] : [], folder);
            resources.Where(item => !item.StartsWith("..", StringComparison.Ordinal))
                .Concat(kustomization.Items("patches").Select(patch => patch.Text("path")))
                .Select(file => $"{folder}/{file}")
                .ShouldBe(Manifests.Files(folder), ignoreOrder: true);
        }
    }

    [Fact]
    public void Patches_MeetTheObjectsAndContainersThatTheyChange()
    {
        Manifests.Patches.ShouldNotBeEmpty();
        foreach (var patch in Manifests.Patches)
        {
            var target = Manifests.Find(patch.Name());
            patch.Text("apiVersion").ShouldBe(target.Text("apiVersion"));
            patch.Containers().Select(container => container.Text("name"))
                .Except(target.Containers().Select(container => container.Text("name")))
                .ShouldBeEmpty(patch.Name());
        }
    }

    [Fact]
    public void Selectors_MeanTheWorkloadOfTheirName()
    {
        foreach (var one in Manifests.Objects)
        {
            var selector = one.At("spec.selector.matchLabels") ?? one.At("spec.podSelector.matchLabels")
                ?? one.At("spec.selector");
            if (selector is not null)
            {
                Manifests.Selected(selector).ShouldHaveSingleItem(one.Name())
                    .Text("metadata.name").ShouldBe(one.Text("metadata.name"), one.Name());
            }
        }

        var scaled = Manifests.Objects.Single(one => one.Text("kind") == "HorizontalPodAutoscaler");
        var target = scaled.At("spec.scaleTargetRef");
        Manifests.Find($"{target.Text("kind")}/{target.Text("name")}").Text("spec.replicas").ShouldBeNull();
        var silos = Manifests.Find("StatefulSet/campaigns-silo");
        Manifests.Find("Service/" + silos.Text("spec.serviceName")).Text("spec.clusterIP").ShouldBe("None");
    }

    [Fact]
    public void Ports_AreThoseOfTheHost()
    {
        var host = HostFacts.Ports;
        Ports("StatefulSet/campaigns-silo").ShouldBe(new Dictionary<string, int>
        {
            ["http"] = HostFacts.ImagePort, ["silo"] = host.Silo, ["gateway"] = host.Gateway,
        });
        Ports("Deployment/campaigns-gateway").ShouldBe(new Dictionary<string, int> { ["http"] = HostFacts.ImagePort });
        foreach (var service in Manifests.Objects.Where(one => one.Text("kind") == "Service"))
        {
            var names = Manifests.Selected(service.At("spec.selector"))[0].Containers()
                .SelectMany(container => container.Items("ports")).Select(port => port.Text("name"));
            service.Items("spec.ports").Select(port => port.Text("targetPort")).Except(names).ShouldBeEmpty();
        }

        PolicyPorts("NetworkPolicy/campaigns-silo", "ingress")
            .ShouldBe([host.Silo, host.Gateway, HostFacts.ImagePort], ignoreOrder: true);
        PolicyPorts("NetworkPolicy/campaigns-gateway", "ingress").ShouldBe([HostFacts.ImagePort]);
        PolicyPorts("NetworkPolicy/campaigns-gateway", "egress").ShouldContain(host.Gateway);
        PolicyPorts("NetworkPolicy/campaigns-gateway", "egress").ShouldNotContain(host.Silo);
    }

    [Fact]
    public void Probes_AskWhatTheHostAnswers()
    {
        foreach (var workload in Manifests.Workloads.Where(one => !one.Text("kind")!.EndsWith("Job")))
        {
            var container = workload.Containers().Single();
            foreach (var (probe, path) in new[]
            {
                ("startupProbe", "/health/startup"), ("readinessProbe", "/health/ready"),
                ("livenessProbe", "/health/live"),
            })
            {
                container.Text(probe + ".httpGet.path").ShouldBe(path, workload.Name());
                container.Text(probe + ".httpGet.port").ShouldBe("http", workload.Name());
                HostFacts.ProbePaths.ShouldContain(path);
            }
        }
    }

    [Fact]
    public void Containers_RunWithoutRightsOnAReadOnlyRoot()
    {
        foreach (var workload in Manifests.Workloads)
        {
            var pod = workload.Pod().At("spec");
            pod.Text("securityContext.runAsNonRoot").ShouldBe("true", workload.Name());
            pod.Text("automountServiceAccountToken").ShouldBe("false", workload.Name());
            foreach (var container in workload.Containers())
            {
                container.Text("securityContext.readOnlyRootFilesystem").ShouldBe("true", workload.Name());
                container.Text("securityContext.allowPrivilegeEscalation").ShouldBe("false", workload.Name());
                container.Items("securityContext.capabilities.drop").Select(one => one.ToString()).ShouldBe(["ALL"]);
                container.Text("resources.limits.memory").ShouldNotBeNull(workload.Name());
                HostFacts.Commands.ShouldContain(container.Items("args").First().ToString());
            }
        }

        foreach (var silo in Manifests.Objects.Concat(Manifests.Patches)
            .Where(one => one.Name() == "StatefulSet/campaigns-silo").SelectMany(Manifests.Containers))
        {
            silo.Text("resources.limits.cpu").ShouldBeNull("a silo that is throttled misses probes");
        }
    }

    [Fact]
    public void Secrets_AreReferencesOnly()
    {
        var set = Manifests.Workloads.SelectMany(Manifests.Containers).SelectMany(one => one.Items("env")).ToList();
        var secret = set.Where(one => one.Text("name")!.Contains("Secrets__", StringComparison.Ordinal)
            || one.Text("name")!.EndsWith("Postgres", StringComparison.Ordinal)).ToList();
        secret.Count.ShouldBe(7);
        secret.ShouldAllBe(one => one.At("valueFrom.secretKeyRef.key") != null && one.At("value") == null);
        Manifests.Find("ConfigMap/campaigns").At("data").Members()
            .Where(one => one.Key.Contains("Secret", StringComparison.Ordinal) || one.Key.Contains("Postgres"))
            .ShouldBeEmpty();
    }

    private static Dictionary<string, int> Ports(string name) => Manifests.Find(name).Containers().Single()
        .Items("ports").ToDictionary(port => port.Text("name")!, port => Number(port, "containerPort"));

    private static List<int> PolicyPorts(string name, string direction) =>
        [.. Manifests.Find(name).Items("spec." + direction).SelectMany(rule => rule.Items("ports"))
            .Select(port => Number(port, "port")).Distinct()];

    private static int Number(YamlNode? node, string path) =>
        int.Parse(node.Text(path)!, CultureInfo.InvariantCulture);
}
