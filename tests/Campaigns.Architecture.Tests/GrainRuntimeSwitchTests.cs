using System.Diagnostics;

namespace Campaigns.Architecture.Tests;

/// <summary>One property chooses the grain runtime, the same way for MSBuild and for the entry script.</summary>
public sealed class GrainRuntimeSwitchTests : IDisposable
{
    private readonly string _copy = Directory.CreateTempSubdirectory("campaigns-switch-").FullName;

    public GrainRuntimeSwitchTests()
    {
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
            "campaigns"])
        {
            File.Copy(Path.Combine(Repository.Root, name), Path.Combine(_copy, name));
        }

        File.WriteAllText(Path.Combine(_copy, "A.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\" />");
    }

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Theory]
    [InlineData(null, null, "Embedded")]
    [InlineData(null, "Orleans", "Orleans")]
    [InlineData(null, "Embedded", "Embedded")]
    [InlineData("orleans", null, "Orleans")]
    [InlineData("EMBEDDED", "Orleans", "Embedded")]
    [InlineData("OrLeAnS", "Embedded", "Orleans")]
    public async Task Build_TakesTheVariableBeforeTheStampBeforeTheDefault(string? given, string? stamp, string runtime)
    {
        Stamp(stamp);
        var (code, output, _) = await RunAsync(
            "dotnet", given, "msbuild", "A.csproj", "-getProperty:GrainRuntime", "-getProperty:ArtifactsPath");
        code.ShouldBe(0);
        output.ShouldContain($"\"GrainRuntime\": \"{runtime}\"");
        output.ShouldContain($"artifacts/{runtime}\"", Case.Sensitive, "artifacts of the two runtimes lie apart");
    }

    [Fact]
    public async Task Restore_OnOrleans_LeavesTheLockFilesOfEmbeddedAlone()
    {
        var (_, output, _) = await RunAsync(
            "dotnet", "Orleans", "msbuild", "A.csproj", "-getProperty:NuGetLockFilePath");
        output.ShouldContain("artifacts/Orleans/");
    }

    [Fact]
    public async Task Build_OnAnUnknownValue_EndsWithOneClearError()
    {
        var (code, output, _) = await RunAsync("dotnet", "Akka", "build", "A.csproj");
        code.ShouldNotBe(0);
        output.ShouldContain("error CAMP001: GrainRuntime 'Akka' is not known: use Embedded or Orleans");
    }

    [Theory]
    [InlineData("embedded", null, "Embedded", "asked for by GrainRuntime")]
    [InlineData("ORLEANS", "Embedded", "Orleans", "asked for by GrainRuntime")]
    [InlineData(null, "Embedded", "Embedded", "kept in .grain-runtime")]
    [InlineData(null, "Orleans", "Orleans", "kept in .grain-runtime")]
    public async Task Script_SaysWhichRuntimeItTookAndWhy(string? given, string? stamp, string runtime, string why)
    {
        Stamp(stamp);
        var (code, output, error) = await RunAsync(Path.Combine(_copy, "campaigns"), given, "runtime");
        error.ShouldStartWith($"campaigns: grain runtime {runtime} ({why}");
        output.ShouldBe(runtime + "\n");
        code.ShouldBe(0);
    }

    [Theory]
    [InlineData("Akka", null)]
    [InlineData(null, "Akka")]
    public async Task Script_OnAnUnknownValue_EndsWithOneLine(string? given, string? stamp)
    {
        Stamp(stamp);
        var (code, output, error) = await RunAsync(Path.Combine(_copy, "campaigns"), given, "up");
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain("'Akka'");
    }

    [Fact]
    public async Task Script_WithoutVariableOrStamp_LooksOnceAndLeavesTheStamp()
    {
        // Without the probe's project a restore fails, as it does where no source has the packages.
        var (_, output, error) = await RunAsync(Path.Combine(_copy, "campaigns"), null, "runtime");
        error.ShouldContain("cannot be restored here");
        output.ShouldBe("Embedded\n");
        File.ReadAllText(Path.Combine(_copy, ".grain-runtime")).Trim().ShouldBe("Embedded");
    }

    [Fact]
    public void Contracts_AreBuiltOnTheRuntimeThatTheBuildSays() =>
        typeof(IGrain).Assembly.GetName().Name.ShouldBe(
            Repository.GrainRuntime == "Orleans" ? "Orleans.Core.Abstractions" : "Campaigns.EmbeddedRuntime");

    private void Stamp(string? runtime)
    {
        if (runtime is not null)
        {
            File.WriteAllText(Path.Combine(_copy, ".grain-runtime"), runtime + "\n");
        }
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(
        string program, string? runtime, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _copy,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfTheOuterBuild).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (runtime is not null)
        {
            start.Environment["GrainRuntime"] = runtime;
        }

        using var process = Process.Start(start)!;
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var output = process.StandardOutput.ReadToEndAsync(bound.Token);
        var error = process.StandardError.ReadToEndAsync(bound.Token);
        await process.WaitForExitAsync(bound.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>A test run hands its own MSBuild on by variables; the copy's build must find its own.</summary>
    private static bool IsOfTheOuterBuild(string name) =>
        name.Equals("GrainRuntime", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);
}
