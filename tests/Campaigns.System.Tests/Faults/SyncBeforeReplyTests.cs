using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Faults.Tracing;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;
using Xunit.Abstractions;

namespace Campaigns.System.Tests.Faults;

/// <summary>
/// What a kill -9 cannot show: that the disk was told to keep a row before anybody heard of it. The system calls of
/// host and server do.
/// </summary>
[Trait("Proof", "sync")]
public sealed class SyncBeforeReplyTests(ITestOutputHelper output)
{
    private const int Connections = 8;
    private const string Campaign = "sync";
    private static readonly int Packets = Scale.Of("sync", everyRun: 60, proven: 1_000);

    [Fact]
    public async Task SqliteHost_SyncsItsLogBeforeEachAnswerThatRestsOnIt()
    {
        await using var store = new SqliteStore();
        if (await TraceAsync(store, () => [], "campaigns.db-wal") is { } order)
        {
            order.Violations([]).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task PostgresServer_SyncsItsLogBeforeItAnswersTheHostAndTheHostItsUser()
    {
        await using var store = await PostgresStore.CreateToKillAsync();
        IReadOnlyList<int> server = [];
        if (await TraceAsync(store, () => server = store.Server.Processes(), "/pg_wal/") is { } order)
        {
            order.Violations([.. server]).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task HostThatRepliesTooEarly_IsFoundByTheTrace()
    {
        await using var store = new SqliteStore();
        store.Settings["Campaigns__Testing__ReplyBeforeCommit"] = "00:00:00.2";
        if (await TraceAsync(store, () => [], "campaigns.db-wal") is { } order)
        {
            order.Violations([]).ShouldNotBeEmpty();
        }
    }

    /// <summary>Draws under strace; null, with one line that says why, where strace cannot run.</summary>
    private async Task<SyncOrder?> TraceAsync(Store store, Func<IReadOnlyList<int>> others, string log)
    {
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens, Connections);
        await api.LaunchAsync(PoolDocument.Of(Campaign, Packets, Packets * 100L));
        var burst = new DrawBurst(Campaign, PoolDocument.Pool, users: Packets, askedEach: 1);
        var file = Path.Combine(store.Folder, "trace");
        var (trace, whyNot) = await Strace.AttachAsync(file, [host.Id, .. others()]);
        if (trace is null)
        {
            output.WriteLine($"The order of sync and reply was not looked at: {whyNot}.");
            return null;
        }

        await using (trace)
        {
            await burst.OnceAsync(api, Connections);
            var order = new SyncOrder(await trace.EndAsync(), log);
            order.Wins.Count.ShouldBe(Packets);
            output.WriteLine($"{order.Wins.Count} answers were traced");
            return order;
        }
    }
}
