using System.Xml.Linq;

namespace Campaigns.Architecture.Tests;

/// <summary>Which project may know which; see docs/ARCHITECTURE.md.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Campaigns.Domain"] = [],
        ["Campaigns.Contracts"] = [],
        ["Campaigns.EmbeddedRuntime"] = [],
        ["Campaigns.Ledger"] = ["Campaigns.Domain"],
        ["Campaigns.Grains"] = ["Campaigns.Contracts", "Campaigns.Domain", "Campaigns.Ledger"],
        ["Campaigns.Gateway"] = ["Campaigns.Contracts"],
        ["Campaigns.Host"] =
        [
            "Campaigns.Contracts", "Campaigns.Domain", "Campaigns.Gateway", "Campaigns.Grains", "Campaigns.Ledger",
        ],
    };

    public static TheoryData<string> Projects => [.. Arrows.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatItsLayerMayKnow(string project) =>
        References(Project(project)).ShouldBe(Arrows[project], ignoreOrder: true);

    [Fact]
    public void SourceFolder_HoldsExactlyTheProjectsOfTheTable() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => Path.GetFileName(folder)!)
            .ShouldBe(Arrows.Keys, ignoreOrder: true);

    [Fact]
    public void Domain_TakesNoPackageButTheTimeZones() =>
        Packages(Project("Campaigns.Domain")).ShouldBe(["NodaTime"]);

    [Fact]
    public void Contracts_TakesNoPackage() => Packages(Project("Campaigns.Contracts")).ShouldBeEmpty();

    [Fact]
    public void Ledger_KnowsOfTheDomainOnlyValuesAndPayloads() =>
        Usings("src/Campaigns.Ledger")
            .Where(name => name.StartsWith("Campaigns.Domain", StringComparison.Ordinal))
            .Except(["Campaigns.Domain.Values", "Campaigns.Domain.Payloads"])
            .ShouldBeEmpty();

    [Fact]
    public void LoadTests_ReferenceNoProjectOfTheProduct()
    {
        var folder = Path.Combine(Repository.Root, "loadtests");
        var projects = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.csproj", SearchOption.AllDirectories)
            : [];
        projects.SelectMany(project => References(XDocument.Load(project)))
            .Intersect(Arrows.Keys)
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Campaigns.Domain")]
    [InlineData("Campaigns.Grains")]
    [InlineData("Campaigns.EmbeddedRuntime")]
    public void SimulatedProject_BansTheClockAndAmbientRandomness(string project) =>
        Project(project).Descendants("Simulated").Select(element => element.Value).ShouldBe(["true"]);

    private static XDocument Project(string name) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", name, name + ".csproj"));

    private static IEnumerable<string> References(XDocument project) => project
        .Descendants("ProjectReference")
        .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
        .Select(path => Path.GetFileNameWithoutExtension(path));

    private static IEnumerable<string> Packages(XDocument project) => project
        .Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value);

    private static IEnumerable<string> Usings(string folder) => Repository.Sources(folder)
        .SelectMany(File.ReadLines)
        .Where(line => line.StartsWith("using ", StringComparison.Ordinal))
        .Select(line => line["using ".Length..].TrimEnd(';').Replace("static ", "", StringComparison.Ordinal))
        .Distinct();
}
