using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;

namespace Campaigns.System.Tests.Faults;

/// <summary>
/// A backup of a system in the middle of a burst, restored elsewhere: everything that was acknowledged before it is
/// there, what came after it is not, and the books balance.
/// </summary>
[Trait("Proof", "backup")]
public sealed class BackupTests
{
    private const int Connections = 32;
    private const string Before = "before";
    private const string During = "during";
    private static readonly int Packets = Scale.Of("backup", everyRun: 1_000, proven: 10_000);
    private static readonly int Users = Packets + (Packets / 4);

    [Fact]
    public async Task SqliteFileCopiedUnderLoad_RestoresWhatWasAcknowledged()
    {
        await using var store = new SqliteStore();
        await using var restored = new SqliteStore();
        await RestoreAsync(store, async () =>
        {
            var copied = await store.CommandAsync("backup", "--to", Path.Combine(restored.Folder, "campaigns.db"));
            copied.ExitCode.ShouldBe(0, copied.Error);
            return restored;
        });
    }

    [Fact]
    public async Task PostgresDumpedUnderLoad_RestoresWhatWasAcknowledged()
    {
        await using var store = await PostgresStore.CreateAsync();
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        PostgresStore? restored = null;
        try
        {
            await RestoreAsync(store, async () =>
            {
                await store.Server.DumpAsync(store.Database, file);
                return restored = PostgresStore.Of(
                    store.Server, await store.Server.RestoreAsync(file), owned: false);
            });
        }
        finally
        {
            File.Delete(file);
            await (restored?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    [Fact]
    public async Task PostgresFilesCopiedUnderLoad_RestoreWhatWasAcknowledged()
    {
        await using var store = await PostgresStore.CreateAsync();
        PostgresStore? restored = null;
        try
        {
            await RestoreAsync(store, async () =>
            {
                var server = await store.Server.BaseBackupAsync();
                return restored = PostgresStore.Of(server, server.ConnectionString(store.Database), owned: true);
            });
        }
        finally
        {
            await (restored?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static async Task RestoreAsync(Store store, Func<Task<Store>> backup)
    {
        var before = new DrawBurst(Before, PoolDocument.Pool, Users, askedEach: 1, Before);
        Store restored;
        await using (var host = await store.StartAsync())
        {
            using var api = new Api(host.Address, store.Tokens, Connections);
            await api.LaunchAsync(PoolDocument.Of(Before, Packets, Packets * 100L));
            await api.LaunchAsync(PoolDocument.Of(During, Packets, Packets * 100L));
            await before.OnceAsync(api, Connections);
            var during = new DrawBurst(During, PoolDocument.Pool, Users, askedEach: 1, During);
            var asking = during.OnceAsync(api, Connections);
            await Eventually.ShouldBe(() => during.Answered > Packets / 4);
            restored = await backup();
            await asking;
        }

        restored.TakeKeys(store);
        await Reckoning.IsBalancedAsync(restored);
        await using var next = await restored.StartAsync();
        using var after = new Api(next.Address, restored.Tokens, Connections);
        await Reckoning.PoolHoldsAsync(after, before, Packets, Connections);
        var again = new DrawBurst(During, PoolDocument.Pool, Users, askedEach: 1, During);
        await again.OnceAsync(after, Connections);
        await Reckoning.HoldsAsync(restored, after, again, Packets, Connections);
    }
}
