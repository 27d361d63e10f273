using System.Text.RegularExpressions;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>The component for the Prometheus operator: the same rules, and jobs of the names that they go by.</summary>
public sealed partial class MonitoringTests
{
    private const string Component = "deploy/kubernetes/components/monitoring";
    private const string Alerts = "deploy/prometheus/alerts.yaml";

    [Fact]
    public void Rules_AreThoseThatAreTested()
    {
        var rules = Yaml.Documents(Component + "/rules.yaml")[0];
        rules.Text("kind").ShouldBe("PrometheusRule");
        rules.At("spec")!.Equals(Yaml.Documents(Alerts)[0])
            .ShouldBeTrue($"{Component}/rules.yaml is no copy of {Alerts}: its first lines tell how to make one");
    }

    [Fact]
    public void Scrapes_FindTheServicesAndCallThemAsTheRulesDo()
    {
        var monitors = Yaml.Documents(Component + "/scrapes.yaml");
        foreach (var monitor in monitors)
        {
            var wanted = monitor.At("spec.selector.matchLabels").Labels().ToList();
            var service = Manifests.Objects.Where(one => one.Text("kind") == "Service")
                .Single(one => !wanted.Except(one.At("metadata.labels").Labels()).Any());
            var job = service.At("metadata.labels").Members()
                .Single(label => label.Key == monitor.Text("spec.jobLabel")).Value.ToString();
            job.ShouldBe(monitor.Text("metadata.name"));
            var endpoint = monitor.Items("spec.endpoints").ShouldHaveSingleItem();
            service.Items("spec.ports").Select(port => port.Text("name")).ShouldContain(endpoint.Text("port"));
            endpoint.Text("path").ShouldBe("/metrics");
        }

        var named = Job().Matches(HostFacts.Text(Alerts)).Select(match => match.Groups[1].Value).Distinct().ToList();
        monitors.Select(monitor => monitor.Text("metadata.name")).ShouldBe(named, ignoreOrder: true);
        Yaml.Documents("deploy/prometheus/prometheus.yaml")[0].Items("scrape_configs")
            .Select(job => job.Text("job_name")).ShouldBe(named, ignoreOrder: true);
    }

    [GeneratedRegex("job=\"([a-z-]+)\"")]
    private static partial Regex Job();
}
