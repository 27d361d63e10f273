using System.Text;
using Campaigns.Bench.Rounds;
using Campaigns.Bench.Systems;

namespace Campaigns.Bench.Reports;

/// <summary>
/// docs/performance.md: a head that never changes, and a section for each kind of run. A run replaces its own section
/// and leaves the others as they are.
/// </summary>
internal static class PerformancePage
{
    private const string Head =
        """
        # Performance

        Written by `./campaigns bench`; do not edit. Every system does one draw per request: it checks the token, takes
        a packet once per user, records the claim, and answers with a JSON receipt. Users are cold: nobody was seen
        before. Our answers are durable (fsync, synchronous commit) before they leave, with the ledger row and its hash
        chain. Generator, servers and databases share the machine, so a request costs what all of them spend on it.

        The systems run in turn, in another order each round; figures are medians of the rounds of one run, ratios are
        ratios of those medians. After each round the store is compared with what the clients were told (check-ins: rows
        and points of the journal); a difference or a refusal ends the run.

        | system | what it keeps |
        |---|---|
        | no-op | nothing: the token check and a constant answer, the ceiling |
        | Redis + Lua, AOF always / everysec | a list of amounts and a hash of claims, one pipelined script per draw |
        | PostgreSQL counter + claim | one counter row and a claim, one statement per draw |
        | PostgreSQL skip locked + claim | a row per packet and a claim, one statement per draw |
        | Orleans, state per call | pool and claim are grains, `WriteStateAsync` through ADO.NET in each |
        | campaigns | the host as `./campaigns up` runs it |

        Redis with AOF `everysec` can lose a second of claims; everything else here is on the disk when it is answered,
        but for the no-op. Orleans' own persistence is measured where Orleans is built in; `x orleans-state` is the
        ratio to it.

        `µs` is processor time per request of each process, children included; `all µs` is their sum, and two cores
        cannot do more than 2,000,000 divided by it per second. `others` is the share of the machine that processes took
        which do not belong to the run.

        """;

    public static async Task WriteAsync(Field field, BenchOptions options)
    {
        var runtime = Programs.GrainRuntime;
        var chart = runtime == "Embedded" ? "performance.svg" : $"performance-{runtime.ToLowerInvariant()}.svg";
        await File.WriteAllTextAsync(
            Path.Combine(Folder, chart), Chart.Of($"Durable draws per second ({runtime})", field.Contestants));
        var text = new StringBuilder($"## Grains on {runtime}\n\n");
        foreach (var line in await Machine.DescribeAsync(field.Postgres))
        {
            text.Append("- ").Append(line).Append('\n');
        }

        text.Append("- ").Append(Settings(options)).Append("\n\n");
        text.Append($"![Draws per second]({chart})\n\n");
        text.Append(ResultTable.Of(field.Contestants));
        await ReplaceAsync(runtime, text.ToString());
    }

    /// <summary>Puts a section in its place, or at the end of the page.</summary>
    public static async Task ReplaceAsync(string section, string text)
    {
        var file = Path.Combine(Folder, "performance.md");
        var page = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        var (begin, end) = ($"<!-- {section} -->\n", $"<!-- end of {section} -->\n");
        var from = page.IndexOf("<!-- ", StringComparison.Ordinal);
        var sections = from < 0 ? "" : page[from..];
        var whole = $"{begin}{text}{end}";
        var (at, until) = (sections.IndexOf(begin, StringComparison.Ordinal),
            sections.IndexOf(end, StringComparison.Ordinal));
        sections = at < 0 ? sections + whole : sections[..at] + whole + sections[(until + end.Length)..];
        await File.WriteAllTextAsync(file, Head + "\n" + sections);
    }

    private static string Folder => Path.Combine(Programs.RepositoryRoot, "docs");

    private static string Settings(BenchOptions options) => options.Requests > 0
        ? $"{options.Rounds} rounds of {options.Requests} requests, {options.Connections} connections, closed loop"
        : $"{options.Rounds} rounds of {options.Seconds} s, {options.Connections} connections, closed loop";
}
