using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Cluster;

/// <summary>The one command that starts everything, and what is said where it cannot be.</summary>
public sealed class ClusterCommandTests
{
    [ClusterFact]
    public async Task Cluster_ServesThroughItsGatewaysAndTakesAllItsProcessesWithIt()
    {
        var folder = Directory.CreateTempSubdirectory("campaigns-cluster-").FullName;
        try
        {
            var settings = new Dictionary<string, string> { ["Campaigns__Data"] = folder };
            await using var cluster = await HostProcess.StartRoleAsync("cluster", settings);
            var ready = cluster.Log.Split('\n').Single(line => line.StartsWith("ready: ", StringComparison.Ordinal));
            var gateways = ready.Split(' ').Where(word => word.StartsWith("http", StringComparison.Ordinal))
                .Select(word => new Uri(word)).ToArray();
            gateways.Length.ShouldBe(2);
            using (var api = new Api(gateways, new DevTokens(folder)))
            {
                await api.LaunchAsync(PoolDocument.Of("tried", 10, 1_000, shards: 3));
                foreach (var user in (string[])["ann", "bob"])
                {
                    var drawn = await api.DrawAsync(user, "k", "tried", PoolDocument.Pool);
                    drawn.Status.ShouldBe(201, drawn.Body);
                }
            }

            var children = Children(cluster.Id);
            children.Count.ShouldBeGreaterThanOrEqualTo(5);
            (await cluster.StopAsync()).ShouldBe(0, cluster.Log);
            children.Where(id => Directory.Exists($"/proc/{id}")).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("gateway")]
    public async Task WithoutWhatItNeeds_TheCommandSaysSoInOneLine(string command)
    {
        await using var store = await Store.CreateAsync(Store.Sqlite);
        var run = await store.CommandAsync(command);
        run.ExitCode.ShouldBe(2, run.Output + run.Error);
        var needs = HostProgram.GrainRuntime == "Orleans" ? "needs PostgreSQL" : "needs the Orleans build";
        run.Error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain($"campaigns: '{command}' {needs}");
    }

    /// <summary>Each thread that has started processes lists its own.</summary>
    private static List<string> Children(int parent) => [.. Directory.GetDirectories($"/proc/{parent}/task")
        .SelectMany(task => File.ReadAllText(Path.Combine(task, "children"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
