using System.Globalization;
using Campaigns.System.Tests.Clients;
using Campaigns.System.Tests.Documents;
using Campaigns.System.Tests.Hosts;
using Campaigns.System.Tests.Load;
using Campaigns.System.Tests.Stores;
using Xunit.Abstractions;

namespace Campaigns.System.Tests.Faults;

/// <summary>
/// The disk under the database takes nothing more in the middle of a burst. Whoever asks is told to ask again, and is
/// answered once there is room.
/// </summary>
[Trait("Proof", "disk-full")]
public sealed class DiskFullTests(ITestOutputHelper output)
{
    private const int Connections = 32;
    private const string Campaign = "full";
    private static readonly int Packets = Scale.Of("disk-full", everyRun: 2_000, proven: 10_000);
    private static readonly int Rounds = Scale.Of("disk-full", everyRun: 1, proven: 5);

    [Fact]
    public async Task SqliteOnAFullDisk_AnswersAskAgainAndServesOnceThereIsRoom()
    {
        await using var store = new SqliteStore();
        await using var disk = await MountAsync(store.Folder, megabytes: 64);
        if (disk is not null)
        {
            await RoundsAsync(store, _ => Done(disk.Fill), _ => Done(disk.MakeRoom));
        }
    }

    /// <summary>The same without the right to mount: the system refuses to let the process's files grow.</summary>
    [Fact]
    public async Task SqliteFileThatMayNotGrow_AnswersAskAgainAndServesOnceItMay()
    {
        await using var store = new SqliteStore();
        await RoundsAsync(store, host => LimitAsync(host, "65536"), host => LimitAsync(host, "unlimited"));
    }

    /// <param name="logToo">
    /// Whether the server needs a new file of its log as well, without which it cannot go on living.
    /// </param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PostgresOnAFullDisk_AnswersAskAgainAndServesOnceThereIsRoom(bool logToo)
    {
        await using var store = await PostgresStore.CreateToKillAsync();
        await store.Server.StopAsync();
        await using var disk = await MountAsync(store.Server.Folder, megabytes: 256);
        if (disk is null)
        {
            return;
        }

        await store.Server.RestartAsync();
        await RoundsAsync(
            store,
            _ => Done(() => Fill(disk, logToo ? store : null)),
            async _ =>
            {
                disk.MakeRoom();
                if (!await store.Server.IsUpAsync())
                {
                    store.Server.Kill9();
                    await store.Server.RestartAsync();
                }
            });
        store.Server.Kill9();
    }

    private async Task RoundsAsync(Store store, Func<HostProcess, Task> fill, Func<HostProcess, Task> makeRoom)
    {
        // Slow enough for the disk to be full before everybody has drawn.
        store.Settings["Campaigns__Testing__EntriesPerSecond"] = "1500";
        await using var host = await store.StartAsync();
        using var api = new Api(host.Address, store.Tokens, Connections);
        for (var round = 1; round <= Rounds; round++)
        {
            var campaign = string.Create(CultureInfo.InvariantCulture, $"{Campaign}-{round}");
            await api.LaunchAsync(PoolDocument.Of(campaign, Packets, Packets * 100L));
            var burst = new DrawBurst(campaign, PoolDocument.Pool, Packets + (Packets / 4), askedEach: 1, campaign);
            var asking = burst.OnceAsync(api, Connections);
            await Eventually.ShouldBe(() => burst.Answered >= Packets / 4);
            await fill(host);
            await Eventually.ShouldBe(() => burst.All.Count(answer => answer.Status == 503) >= Connections);
            var before = burst.All.Count(answer => answer.Status == 201);
            await makeRoom(host);
            await asking;
            await Reckoning.HoldsAsync(store, api, burst, Packets, Connections);
            output.WriteLine(
                $"{before} of {Packets} had won when the disk was full; told to ask again: "
                + $"{burst.All.Count(answer => answer.Status == 503)}");
        }
    }

    private async Task<TinyDisk?> MountAsync(string folder, int megabytes)
    {
        var (disk, whyNot) = await TinyDisk.MountAsync(folder, megabytes);
        if (disk is null)
        {
            output.WriteLine($"A full disk was not tried, only a file that may not grow: {whyNot}.");
        }

        return disk;
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static void Fill(TinyDisk disk, PostgresStore? switched)
    {
        disk.Fill();
        _ = switched?.ExecuteAsync("select pg_switch_wal()").ContinueWith(
            ended => ended.Exception, TaskScheduler.Default);
    }

    /// <summary>What a file of the process may grow to, in bytes.</summary>
    private static async Task LimitAsync(HostProcess host, string bytes)
    {
        var run = await ProcessRun.RunAsync(
            "prlimit",
            [$"--pid={host.Id}", $"--fsize={bytes}:unlimited"],
            new Dictionary<string, string>(),
            TimeSpan.FromMinutes(1));
        run.ExitCode.ShouldBe(0, run.Error);
    }
}
