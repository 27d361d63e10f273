using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>Alerts are tested, explained and shown, and speak of metrics that exist.</summary>
public sealed partial class AlertTests
{
    private const string Folder = "deploy/prometheus";
    private const string Dashboard = "deploy/grafana/dashboards/campaigns.json";

    private static readonly List<YamlNode> Alerts =
        [.. Yaml.Documents(Folder + "/alerts.yaml")[0].Items("groups").SelectMany(group => group.Items("rules"))
            .Where(rule => rule.At("alert") is not null)];

    [Fact]
    public async Task Promtool_FindsEveryAlertAsItsTestsSay()
    {
        var start = new ProcessStartInfo("promtool", ["test", "rules", "alerts.test.yaml"])
        {
            WorkingDirectory = Path.Combine(Repository.Root, Folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var promtool = Process.Start(start)!;
        var said = promtool.StandardOutput.ReadToEndAsync();
        var failed = promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        promtool.ExitCode.ShouldBe(0, await said + await failed);
    }

    [Fact]
    public void Alerts_AreTestedBothWhenTheyFireAndWhenTheyMustNot()
    {
        var tests = Yaml.Documents(Folder + "/alerts.test.yaml")[0].Items("tests")
            .SelectMany(test => test.Items("alert_rule_test")).ToList();
        var names = Alerts.Select(alert => alert.Text("alert")).ToList();
        Tested(tests, fires: true).ShouldBe(names, ignoreOrder: true);
        Tested(tests, fires: false).ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public void Alerts_HaveAPageEachAndThePagesAnAlert()
    {
        var pages = Alerts.Select(alert => alert.Text("annotations.runbook_url")!).ToList();
        Directory.GetFiles(Path.Combine(Repository.Root, "docs/runbooks")).Select(Repository.Relative)
            .ShouldBe(pages, ignoreOrder: true);
        foreach (var alert in Alerts)
        {
            var page = HostFacts.Text(alert.Text("annotations.runbook_url")!);
            page.ShouldStartWith($"# {alert.Text("alert")}\n");
            foreach (var part in (string[])["## What it means", "## What to look at", "## What to do"])
            {
                page.ShouldContain(part);
            }
        }
    }

    [Fact]
    public void Dashboard_LinksTheRunbookOfEachAlert() =>
        JsonNode.Parse(HostFacts.Text(Dashboard))!["panels"]!.AsArray()
            .SelectMany(panel => panel!["links"]?.AsArray() ?? [])
            .Select(link => (string)link!["url"]!)
            .Distinct()
            .ShouldBe(Alerts.Select(alert => alert.Text("annotations.runbook_url")!), ignoreOrder: true);

    [Theory]
    [InlineData(Folder + "/alerts.yaml")]
    [InlineData(Dashboard)]
    public void Expressions_NameMetricsThatTheProgramHas(string file)
    {
        var instruments = Repository.Sources("src")
            .SelectMany(source => Instrument().Matches(File.ReadAllText(source)))
            .Select(match => match.Value.Trim('"').Replace('.', '_'))
            .Append("campaigns_metrics_dropped")
            .ToHashSet();
        var named = Metric().Matches(HostFacts.Text(file)).Select(match => match.Value).Distinct().ToList();
        named.ShouldNotBeEmpty();
        named.Where(metric => !instruments.Contains(Suffix().Replace(metric, ""))).ShouldBeEmpty();
    }

    private static IEnumerable<string?> Tested(List<YamlNode> tests, bool fires) => tests
        .Where(test => test.Items("exp_alerts").Any() == fires)
        .Select(test => test.Text("alertname"))
        .Distinct();

    [GeneratedRegex("\"campaigns\\.[a-z.]+\"")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"\bcampaigns_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("(_seconds)?(_bucket|_total|_sum|_count)?$")]
    private static partial Regex Suffix();
}
