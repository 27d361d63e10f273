using System.Reflection;

namespace Campaigns.Architecture.Tests;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string GrainRuntime { get; } = Metadata("GrainRuntime");

    /// <summary>Absolute paths of the C# files under the folders, sorted; build output left out.</summary>
    public static IReadOnlyList<string> Sources(params string[] folders) =>
        [.. folders
            .Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(IsSource)
            .Order(StringComparer.Ordinal)];

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static bool IsSource(string path)
    {
        var parts = Relative(path).Split('/');
        return !parts.Contains("bin") && !parts.Contains("obj");
    }

    private static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
