using System.Diagnostics;
using Campaigns.LoadTests.Targets;

namespace Campaigns.LoadTests.Tests;

/// <summary>One property chooses what runs the load tests, in the manner of the grain runtime.</summary>
public sealed class LoadRunnerSwitchTests
{
    [Theory]
    [InlineData(null, "Embedded", "Campaigns.LoadTests/")]
    [InlineData("embedded", "Embedded", "Campaigns.LoadTests/")]
    [InlineData("nbomber", "NBomber", "Campaigns.LoadTests.NBomber/")]
    [InlineData("k6", "Invalid", "Campaigns.LoadTests/")]
    public async Task Property_IsTakenInAnyLetterCase_AndArtifactsLieApart(string? given, string runner, string folder)
    {
        var project = Path.Combine(
            HostProgram.RepositoryRoot, "loadtests/Campaigns.LoadTests/Campaigns.LoadTests.csproj");
        var start = new ProcessStartInfo(
            "dotnet", ["msbuild", project, "-getProperty:LoadRunner", "-getProperty:OutputPath"])
        {
            RedirectStandardOutput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD")).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["LoadRunner"] = given;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        output.ShouldContain($"\"LoadRunner\": \"{runner}\"");
        output.ShouldContain(folder);
    }
}
