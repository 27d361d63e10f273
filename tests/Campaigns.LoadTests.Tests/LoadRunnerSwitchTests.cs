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

    [Theory]
    [InlineData("embedded", null, "load runner Embedded (asked for by LoadRunner)")]
    [InlineData("NBOMBER", "Embedded", "load runner NBomber (asked for by LoadRunner)")]
    [InlineData(null, "NBomber", "load runner NBomber (kept in .load-runner; delete that file to look again)")]
    [InlineData("k6", null, "LoadRunner 'k6' is not known: use Embedded or NBomber")]
    [InlineData(null, "k6", ".load-runner says 'k6', which is not known")]
    public async Task Script_SaysWhichRunnerItTookAndWhy(string? given, string? stamp, string line)
    {
        var copy = Directory.CreateTempSubdirectory("campaigns-switch-").FullName;
        try
        {
            var script = Path.Combine(copy, "campaigns");
            File.Copy(Path.Combine(HostProgram.RepositoryRoot, "campaigns"), script);
            if (stamp is not null)
            {
                await File.WriteAllTextAsync(Path.Combine(copy, ".load-runner"), stamp);
            }

            // There is nothing to build in the copy, so it ends behind the decision.
            var start = new ProcessStartInfo(script, ["load"]) { RedirectStandardError = true };
            start.Environment["GrainRuntime"] = "Embedded";
            start.Environment["LoadRunner"] = given;
            using var process = Process.Start(start)!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(2);
            error.Split('\n')[1].ShouldStartWith("campaigns: " + line);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }
}
