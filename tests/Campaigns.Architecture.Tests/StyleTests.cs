using System.Globalization;
using Xunit.Abstractions;

namespace Campaigns.Architecture.Tests;

/// <summary>
/// A method fits a screen, a file a sitting. What is longer stands in style-debt.txt with its size; an entry may shrink
/// or go, never grow, and there are no new ones.
/// </summary>
public sealed class StyleTests(ITestOutputHelper output)
{
    private const int MethodLines = 70;
    private const int FileLines = 400;
    private const int LineColumns = 120;

    private static readonly IReadOnlyList<string> Files = Repository.Sources("src", "tests", "loadtests");

    [Fact]
    public void Files_AreAtMost400Lines() =>
        Hold("file", FileLines, Files.Select(file => (Repository.Relative(file), File.ReadLines(file).Count())));

    [Fact]
    public void Lines_AreAtMost120Columns() =>
        Hold("line", LineColumns, Files.Select(file =>
            (Repository.Relative(file), File.ReadLines(file).Select(Columns).DefaultIfEmpty().Max())));

    [Fact]
    public void Members_AreAtMost70Lines() =>
        Hold("member", MethodLines, Files.Select(file =>
            (Repository.Relative(file), Longest(File.ReadAllText(file)))));

    [Fact]
    public void Names_AreTheFieldsOwn()
    {
        string[] banned = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Base", "Impl"];

        // IGrainBase is a name of the Orleans API, which the embedded runtime has to keep.
        Files.Where(file => !file.EndsWith("/IGrainBase.cs", StringComparison.Ordinal))
            .Where(file => banned.Any(word =>
                Path.GetFileNameWithoutExtension(file).Split('.')[0].EndsWith(word, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Layers_HoldNoConditionalCompilation() =>
        Repository.Sources(
                "src/Campaigns.Domain", "src/Campaigns.Contracts", "src/Campaigns.Ledger", "src/Campaigns.Grains",
                "src/Campaigns.Gateway", "src/Campaigns.Host")
            .Where(file => File.ReadLines(file).Any(IsConditional))
            .Select(Repository.Relative)
            .ShouldBeEmpty();

    [Fact]
    public void GrainRuntimes_AreToldApartInOneFolderOfTheHost()
    {
        string[] words = ["AddEmbeddedGrainRuntime", "Orleans.Embedded", "UseOrleans", "UseLocalhostClustering"];
        Repository.Sources("src")
            .Where(file => !file.Contains("/Campaigns.EmbeddedRuntime/", StringComparison.Ordinal))
            .Where(file => !file.Contains("/Campaigns.Host/Hosting/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file) is var text
                && words.Any(word => text.Contains(word, StringComparison.Ordinal)))
            .Select(Repository.Relative)
            .ShouldBeEmpty();
    }

    private void Hold(string what, int limit, IEnumerable<(string File, int Size)> measured)
    {
        var sizes = measured.OrderByDescending(pair => pair.Size).ToList();
        output.WriteLine($"longest {what}: {sizes[0].Size} of {limit} in {sizes[0].File}");
        sizes.Where(pair => pair.Size > limit).Select(pair => $"{what} {pair.Size} {pair.File}")
            .ShouldBe(Debt(what), ignoreOrder: true, "style-debt.txt lists what is over the limit; it only shrinks");
    }

    private static IEnumerable<string> Debt(string what) =>
        File.ReadLines(Path.Combine(Repository.Root, "tests/Campaigns.Architecture.Tests/style-debt.txt"))
            .Where(line => line.StartsWith(what + " ", StringComparison.Ordinal));

    private static int Longest(string source) => Member.Of(source).Select(m => m.Lines).DefaultIfEmpty().Max();

    private static bool IsConditional(string line) => line.TrimStart().StartsWith("#if", StringComparison.Ordinal);

    /// <summary>Wide letters count as one column, surrogate pairs too.</summary>
    private static int Columns(string line) => new StringInfo(line.TrimEnd('\r')).LengthInTextElements;
}
