using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;
using Xunit.Abstractions;

namespace Campaigns.System.Tests;

/// <summary>A clone in which nothing has ever been built, and the README's own lines in it.</summary>
public sealed class FreshCloneTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Up_BuildsAndServesTheFirstDraw_OnEitherDatabase_AndStartsAgainWithinThreeSeconds()
    {
        using var clone = new TempFolder();
        await CloneAsync(clone.Path);
        File.Exists(clone.File("campaigns")).ShouldBeTrue();
        Directory.Exists(clone.File("artifacts")).ShouldBeFalse();

        await using var file = await CreateAsync(Store.Sqlite);
        output.WriteLine($"SQLite: first draw {await FirstDrawAsync(clone.Path, file)} after the first ./campaigns up");
        await using var server = await CreateAsync(Store.Postgres);
        output.WriteLine($"PostgreSQL: first draw {await FirstDrawAsync(clone.Path, server)} after ./campaigns up");

        await Fastest.ShouldBeWithinAsync(TimeSpan.FromSeconds(3), async () =>
        {
            var began = TimeProvider.System.GetTimestamp();
            await using var host = await HostProcess.StartScriptAsync(file.Settings, clone.Path);
            var took = TimeProvider.System.GetElapsedTime(began);
            output.WriteLine($"start again: {took}");
            host.Log.ShouldNotContain("building");
            (await host.StopAsync()).ShouldBe(0, host.Log);
            return took;
        });
    }

    private static async Task<TimeSpan> FirstDrawAsync(string clone, Store store)
    {
        var walk = new ReadmeWalk(clone);
        var began = TimeProvider.System.GetTimestamp();
        await using var host = await HostProcess.StartScriptAsync(store.Settings, clone);
        var answers = await walk.RunAsync(store, host, walk.Blocks[1]);
        var took = TimeProvider.System.GetElapsedTime(began);
        answers.ShouldContain(answer => (string?)answer["outcome"] == "won");
        (await host.StopAsync()).ShouldBe(0, host.Log);
        return took;
    }

    private static async Task<Store> CreateAsync(string kind)
    {
        var store = await Store.CreateAsync(kind);
        store.Settings.Remove("Campaigns__Demo");
        store.Settings["GrainRuntime"] = HostProgram.GrainRuntime;
        return store;
    }

    /// <summary>What a clone would hold if the working copy were committed as it is.</summary>
    private static async Task CloneAsync(string folder)
    {
        const string Copy = """
            set -eo pipefail
            git -c safe.directory='*' ls-files -z --cached --others --exclude-standard |
              while IFS= read -r -d '' file; do if [ -e "$file" ]; then printf '%s\0' "$file"; fi; done |
              tar --null -T - -c | tar -x -C "$0"
            """;
        var copied = await ProcessRun.RunAsync(
            "bash", ["-c", Copy, folder], new Dictionary<string, string>(), TimeSpan.FromMinutes(1));
        copied.ExitCode.ShouldBe(0, copied.Error);
    }
}
