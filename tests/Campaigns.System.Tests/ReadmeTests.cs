using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests;

/// <summary>The README's walk through a campaign night, run as it stands there; only the port is a free one.</summary>
public sealed partial class ReadmeTests
{
    private const string Address = "http://127.0.0.1:8080";

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Walk_CopiedLiterally_AnswersEachLineWithSuccess(string kind)
    {
        var blocks = Shell().Matches(await File.ReadAllTextAsync(Path.Combine(HostProgram.RepositoryRoot, "README.md")))
            .Select(match => match.Groups[1].Value)
            .ToList();
        blocks[0].ShouldBe("./campaigns up\n");

        await using var store = await Store.CreateAsync(kind);
        store.Settings.Remove("Campaigns__Demo");
        await using var host = await store.StartAsync();
        var answers = await RunAsync(store, host, string.Concat(blocks.Skip(1)));

        var draws = answers.Where(answer => (string?)answer["outcome"] == "won").ToList();
        draws.Count.ShouldBe(2);
        JsonNode.DeepEquals(draws[0], draws[1]).ShouldBeTrue("the same key gets the same answer");
        var cash = (long)draws[0]["rewards"]![0]!["amount"]!;
        answers.ShouldContain(answer => answer["streak"] != null && (int)answer["streak"]! == 1);
        answers.ShouldContain(answer => answer["balances"] != null && (long)answer["balances"]!["cash"]! == cash);
        answers.ShouldContain(answer => (string?)answer["state"] == "confirmed");
        answers.ShouldContain(answer => answer["balanced"] != null && (bool)answer["balanced"]!);
    }

    /// <summary>Runs the lines; every curl that is not answered with a success ends the run.</summary>
    private static async Task<List<JsonNode>> RunAsync(Store store, HostProcess host, string lines)
    {
        await File.WriteAllTextAsync(Path.Combine(store.Folder, ".curlrc"), "fail-with-body\nwrite-out \"\\n\"\n");
        var variables = new Dictionary<string, string>(store.Settings)
        {
            ["CURL_HOME"] = store.Folder,
            ["GrainRuntime"] = HostProgram.GrainRuntime,
        };
        var address = host.Address.ToString().TrimEnd('/');
        var script = "set -e\n" + lines.Replace(Address, address, StringComparison.Ordinal);
        var run = await ProcessRun.RunAsync("bash", ["-c", script], variables, TimeSpan.FromMinutes(5));
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        return [.. run.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!)];
    }

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shell();
}
