using System.Text.RegularExpressions;

namespace Campaigns.Architecture.Tests;

/// <summary>A page that names a file which is gone misleads its reader.</summary>
public sealed partial class DocumentationTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/ARCHITECTURE.md")]
    [InlineData("docs/reliability.md")]
    [InlineData("docs/operations.md")]
    public void Page_NamesOnlyWhatIsThere(string page)
    {
        var paths = Paths().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
            .Select(match => match.Groups[1].Value)
            .ToList();
        paths.ShouldNotBeEmpty();
        paths.Where(path => !Path.Exists(Path.Combine(Repository.Root, path))).ShouldBeEmpty();
    }

    [GeneratedRegex(@"`((?:src|tests|docs|samples|eng|deploy)(?:/[\w.-]+)*)`")]
    private static partial Regex Paths();
}
