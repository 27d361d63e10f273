using System.Globalization;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Faults;

/// <summary>What must be true once the faults have ended, whatever they were.</summary>
internal static class Reckoning
{
    /// <summary>Time for every request to get its answer after the last fault.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Every user of a burst gets an answer within 30 s, the same as each one told before; the pool is empty to the
    /// fen, the balances are what was told, nothing waits for the journal, and the audit agrees.
    /// </summary>
    public static async Task HoldsAsync(Store store, Api api, DrawBurst burst, int packets, int connections)
    {
        await PoolHoldsAsync(api, burst, packets, connections);
        await IsBalancedAsync(store);
    }

    /// <summary>The same without the audit.</summary>
    public static async Task PoolHoldsAsync(Api api, DrawBurst burst, int packets, int connections)
    {
        await burst.UntilAnsweredAsync(api, connections, Within);
        await burst.OnceAsync(api, connections);

        BurstVerdict.AnswersAreOfTheContract(burst);
        BurstVerdict.RepetitionsAreEqual(burst);
        BurstVerdict.PoolIsExactlyEmpty(burst, packets, packets * 100L, min: 1, max: 1000);
        await BurstVerdict.BalancesAreWhatWasToldAsync(burst, api);
        await Eventually.ShouldBe(async () => await MetricAsync(api, "campaigns_ledger_queue_rows") == 0);
    }

    public static async Task IsBalancedAsync(Store store)
    {
        var audited = await store.CommandAsync("audit");
        audited.ExitCode.ShouldBe(0, audited.Output + audited.Error);
        audited.Output.ShouldContain("balanced");
    }

    /// <summary>The sum over a metric's series; 0 where it has none yet.</summary>
    public static async Task<double> MetricAsync(Api api, string name)
    {
        var metrics = await api.SendAsync("GET", "/metrics", null);
        metrics.Status.ShouldBe(200, metrics.Body);
        return metrics.Body.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{')
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
