using System.Globalization;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;
using Xunit.Abstractions;

namespace Campaigns.System.Tests.Faults;

/// <summary>An administrator, or a pooler gone mad, ends all of the host's sessions again and again.</summary>
[Trait("Proof", "backends")]
public sealed class TerminatedBackendTests(ITestOutputHelper output)
{
    private const int Connections = 32;
    private const int Packets = 1_000;
    private const string Terminate =
        """
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan For = TimeSpan.FromSeconds(Scale.Of("backends", everyRun: 3, proven: 60));
    private static readonly int Pools = Scale.Of("backends", everyRun: 2, proven: 30);

    [Fact]
    public async Task BackendsTerminatedInALoop_LoseNothingAndIssueNothingTwice()
    {
        await using var store = await PostgresStore.CreateAsync();
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens, Connections);
        var bursts = new List<DrawBurst>();
        for (var pool = 1; pool <= Pools; pool++)
        {
            var campaign = string.Create(CultureInfo.InvariantCulture, $"cut-off-{pool}");
            await api.LaunchAsync(PoolDocument.Of(campaign, Packets, Packets * 100L));
            bursts.Add(new DrawBurst(campaign, PoolDocument.Pool, Packets + (Packets / 4), askedEach: 1, campaign));
        }

        var began = TimeProvider.System.GetTimestamp();
        var terminated = 0;
        for (var next = 0; TimeProvider.System.GetElapsedTime(began) < For; next++)
        {
            var asking = bursts[next % Pools].OnceAsync(api, Connections);
            while (!asking.IsCompleted && TimeProvider.System.GetElapsedTime(began) < For)
            {
                await store.ExecuteAsync(Terminate);
                terminated++;
                await Task.WhenAny(asking, Task.Delay(Pause));
            }

            await asking;
        }

        foreach (var burst in bursts)
        {
            await Reckoning.PoolHoldsAsync(api, burst, Packets, Connections);
        }

        await Reckoning.IsBalancedAsync(store);
        output.WriteLine(
            $"all backends ended {terminated} times in {For.TotalSeconds} s, {Pools * Packets} packets drawn, told to "
            + $"ask again: {bursts.Sum(burst => burst.All.Count(answer => answer.Status == 503))}");
    }
}
