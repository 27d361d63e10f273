using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Campaigns.Architecture.Tests.Deploying;

/// <summary>Alerts are tested, explained and shown, and speak of metrics that exist.</summary>
public sealed partial class AlertTests
{
    private const string Folder = "deploy/prometheus";
    private const string Dashboard = "deploy/grafana/dashboards/campaigns.json";

    private static readonly List<YamlNode> Rules =
        [.. Yaml.Documents(Folder + "/alerts.yaml")[0].Items("groups").SelectMany(group => group.Items("rules"))];

    private static readonly List<YamlNode> Alerts = [.. Rules.Where(rule => rule.At("alert") is not null)];

    private static readonly List<string> Links =
        [.. Alerts.Select(alert => alert.Text("annotations.runbook_url")!)];

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
        Directory.GetFiles(Path.Combine(Repository.Root, "docs/runbooks")).Select(Repository.Relative)
            .ShouldBe(Links.Select(Page), ignoreOrder: true);
        foreach (var alert in Alerts)
        {
            var page = HostFacts.Text(Page(alert.Text("annotations.runbook_url")!));
            page.ShouldStartWith($"# {alert.Text("alert")}\n");
            foreach (var part in (string[])["## What it means", "## What to look at", "## What to do"])
            {
                page.ShouldContain(part);
            }
        }
    }

    /// <summary>Whoever is paged follows them from a telephone; the address is changed in one go.</summary>
    [Fact]
    public void Links_AreAbsoluteAndBeginWithOneAddress()
    {
        Links.ShouldAllBe(link => new Uri(link, UriKind.Absolute).Scheme == Uri.UriSchemeHttps);
        Links.Select(link => link[..^Page(link).Length]).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Dashboard_LinksTheRunbookOfEachAlert() =>
        JsonNode.Parse(HostFacts.Text(Dashboard))!["panels"]!.AsArray()
            .SelectMany(panel => panel!["links"]?.AsArray() ?? [])
            .Select(link => (string)link!["url"]!)
            .Distinct()
            .ShouldBe(Links, ignoreOrder: true);

    /// <summary>A rule that waits for a number that nobody makes is silent for ever.</summary>
    [Fact]
    public void Expressions_UseTheSumsThatAreRecorded()
    {
        var recorded = Rules.Select(rule => rule.Text("record")).OfType<string>().ToList();
        Sum().Matches(string.Join('\n', Rules.Select(rule => rule.Text("expr"))) + HostFacts.Text(Dashboard))
            .Select(match => match.Value).Distinct().ShouldBe(recorded, ignoreOrder: true);
    }

    [Fact]
    public void TooFewSilos_ExpectsAsManyAsTheBaseAndTheComposeFileHave()
    {
        var expected = Rules.Single(rule => rule.Text("record") == "campaigns:silos:expected").Text("expr")!;
        var silos = Manifests.Find("StatefulSet/campaigns-silo");
        expected.ShouldContain($"{{statefulset=\"{silos.Text("metadata.name")}\"}}");
        expected.ShouldEndWith($" or vector({silos.Text("spec.replicas")})");
        Yaml.Documents("deploy/compose.yaml")[0].At("services").Members()
            .Count(service => service.Key.StartsWith("silo-", StringComparison.Ordinal))
            .ToString(CultureInfo.InvariantCulture).ShouldBe(silos.Text("spec.replicas"));
    }

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

    /// <summary>The file that a link means.</summary>
    private static string Page(string link) => link[link.LastIndexOf("docs/runbooks/", StringComparison.Ordinal)..];

    private static IEnumerable<string?> Tested(List<YamlNode> tests, bool fires) => tests
        .Where(test => test.Items("exp_alerts").Any() == fires)
        .Select(test => test.Text("alertname"))
        .Distinct();

    [GeneratedRegex("\"campaigns\\.[a-z.]+\"")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"\bcampaigns_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\bcampaigns:[a-z_]+:[a-z]+")]
    private static partial Regex Sum();

    [GeneratedRegex("(_seconds)?(_bucket|_total|_sum|_count)?$")]
    private static partial Regex Suffix();
}
