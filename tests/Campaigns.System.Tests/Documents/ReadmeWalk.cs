using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Documents;

/// <summary>The shell lines of a working copy's README.</summary>
internal sealed partial class ReadmeWalk
{
    private const string Address = "http://127.0.0.1:8080";
    private readonly string _copy;

    /// <param name="copy">The folder of the working copy; null: the one of these tests.</param>
    public ReadmeWalk(string? copy = null)
    {
        _copy = copy ?? HostProgram.RepositoryRoot;
        Blocks = [.. Shell().Matches(File.ReadAllText(Path.Combine(_copy, "README.md")))
            .Select(match => match.Groups[1].Value)];
        Blocks[0].ShouldBe("./campaigns up\n");
    }

    /// <summary>The first one starts the host, the second one draws.</summary>
    public IReadOnlyList<string> Blocks { get; }

    /// <summary>Runs the lines; every curl that is not answered with a success ends the run.</summary>
    public async Task<List<JsonNode>> RunAsync(Store store, HostProcess host, string lines)
    {
        await File.WriteAllTextAsync(Path.Combine(store.Folder, ".curlrc"), "fail-with-body\nwrite-out \"\\n\"\n");
        var variables = new Dictionary<string, string>(store.Settings)
        {
            ["CURL_HOME"] = store.Folder,
            ["GrainRuntime"] = HostProgram.GrainRuntime,
        };
        var address = host.Address.ToString().TrimEnd('/');
        var script = "set -e\n" + lines.Replace(Address, address, StringComparison.Ordinal);
        var run = await ProcessRun.RunAsync("bash", ["-c", script], variables, TimeSpan.FromMinutes(5), _copy);
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        return [.. run.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!)];
    }

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shell();
}
