using System.Reflection;
using Campaigns.Ledger.Postgres;
using Campaigns.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Storage;

namespace Campaigns.Grains.Tests;

/// <summary>Our own SQL against what the ADO.NET providers of Microsoft Orleans ask of it.</summary>
public sealed class AdoNetContractTests : IAsyncLifetime
{
    private string _connection = "";
    private IHost? _silo;

    public async Task InitializeAsync()
    {
        _connection = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        await using var database = new PostgresDatabase(new PostgresOptions { ConnectionString = _connection });
        await database.MigrateAsync(CancellationToken.None);
        var builder = new HostApplicationBuilder();
        SiloRuntime.AddOn(builder, _connection);
        _silo = builder.Build();
        await _silo.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _silo!.StopAsync();
        _silo.Dispose();
    }

    /// <summary>The stock script lets both: it looks whether a row is there, and nothing keeps two out.</summary>
    [Fact]
    public async Task TwoFirstWritesAtOnce_ExactlyOneSucceeds()
    {
        var storage = _silo!.Services.GetRequiredKeyedService<IGrainStorage>("Default");
        for (var number = 0; number < 50; number++)
        {
            var grain = GrainId.Create("counted", $"first-{number}");
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var writes = Enumerable.Range(1, 2).Select(async value =>
            {
                await start.Task;
                await storage.WriteStateAsync("count", grain, State(value));
            }).ToList();
            start.SetResult();
            var failures = await Task.WhenAll(writes.Select(FailureAsync));

            failures.Count(failure => failure is null).ShouldBe(1, grain.ToString());
            failures.ShouldContain(failure => failure is InconsistentStateException);
            var kept = State(0);
            await storage.ReadStateAsync("count", grain, kept);
            kept.State!.Value.ShouldBe(Array.IndexOf(failures, null) + 1);
        }
    }

    [Fact]
    public async Task StateWrittenClearedAndWritten_IsReadWithItsVersionAndRefusesAnOldOne()
    {
        var storage = _silo!.Services.GetRequiredKeyedService<IGrainStorage>("Default");
        foreach (var grain in (GrainId[])[
            GrainId.Create("counted", "text"),
            GrainId.Create(GrainType.Create("counted"), GrainIdKeyExtensions.CreateGuidKey(Guid.NewGuid())),
            GrainId.Create(GrainType.Create("counted"), GrainIdKeyExtensions.CreateIntegerKey(7, "and text"))])
        {
            var state = State(1);
            await storage.WriteStateAsync("count", grain, state);
            var old = State(0);
            await storage.ReadStateAsync("count", grain, old);
            (old.State!.Value, old.RecordExists).ShouldBe((1, true));

            state.State = new Count { Value = 2 };
            await storage.WriteStateAsync("count", grain, state);
            await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync("count", grain, old));
            await Should.ThrowAsync<InconsistentStateException>(() => storage.ClearStateAsync("count", grain, old));

            await storage.ClearStateAsync("count", grain, state);
            await storage.ReadStateAsync("count", grain, old);
            (old.State!.Value, old.RecordExists).ShouldBe((0, false));
            old.State = new Count { Value = 3 };
            await storage.WriteStateAsync("count", grain, old);
            await storage.ReadStateAsync("count", grain, state);
            state.State!.Value.ShouldBe(3);
        }
    }

    [Fact]
    public async Task Reminders_AreKeptFoundByRangeReplacedAndRemoved()
    {
        var table = _silo!.Services.GetRequiredService<IReminderTable>();
        var grain = GrainId.Create("reminded", "one");
        var entry = new ReminderEntry
        {
            GrainId = grain,
            ReminderName = "sweep",
            StartAt = new DateTime(2027, 2, 5, 12, 0, 0, DateTimeKind.Utc),
            Period = TimeSpan.FromMinutes(5),
        };
        var first = await table.UpsertRow(entry);
        entry.Period = TimeSpan.FromDays(40);
        var second = await table.UpsertRow(entry);
        second.ShouldNotBe(first);

        var row = await table.ReadRow(grain, "sweep");
        (row!.StartAt, row.Period, row.ETag).ShouldBe((entry.StartAt, entry.Period, second));
        (await table.ReadRows(grain)).Reminders.ShouldHaveSingleItem();
        var hash = grain.GetUniformHashCode();
        (await table.ReadRows(hash - 1, hash)).Reminders.ShouldHaveSingleItem();
        (await table.ReadRows(hash, hash - 1)).Reminders.ShouldBeEmpty();

        (await table.RemoveRow(grain, "sweep", first!)).ShouldBeFalse();
        (await table.RemoveRow(grain, "sweep", second!)).ShouldBeTrue();
        (await table.ReadRow(grain, "sweep")).ShouldBeNull();
    }

    /// <summary>Of two that read the same version of the membership only one may write.</summary>
    [Fact]
    public async Task MembershipWrittenOnAnOldVersion_IsRefused()
    {
        var table = _silo!.Services.GetRequiredService<IMembershipTable>();
        var seen = await table.ReadAllAsync();
        var added = seen.Members.Single().Item1;
        var (one, two) = (Entry(added, "one", 1), Entry(added, "two", 2));
        (await table.InsertRowAsync(one, seen.Version.Next())).ShouldBeTrue();
        (await table.InsertRowAsync(two, seen.Version.Next())).ShouldBeFalse();

        var read = await table.ReadRowAsync(one.SiloAddress);
        read.Members.Single().Item1.SiloName.ShouldBe("one");
        (await table.InsertRowAsync(one, read.Version.Next())).ShouldBeFalse();
        one.Status = SiloStatus.Dead;
        one.SuspectTimes = [Tuple.Create(added.SiloAddress, new DateTime(2027, 2, 5, 0, 0, 0, DateTimeKind.Utc))];
        (await table.UpdateRowAsync(one, read.Members[0].Item2, seen.Version.Next())).ShouldBeFalse();

        // The silo writes there too: whoever was overtaken reads again.
        await Eventually.ShouldBe(async () =>
        {
            read = await table.ReadRowAsync(one.SiloAddress);
            var etag = read.Members.ShouldHaveSingleItem().Item2;
            return await table.UpdateRowAsync(one, etag, read.Version.Next());
        });
        read = await table.ReadRowAsync(one.SiloAddress);
        (read.Members.Single().Item1.Status, read.Members.Single().Item1.SuspectTimes!.Count)
            .ShouldBe((SiloStatus.Dead, 1));

        await table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.UtcNow.AddDays(1));
        (await table.ReadAllAsync()).Members.Select(member => member.Item1.SiloName).ShouldBe([added.SiloName]);
    }

    /// <summary>A provider of another version may ask for more; better here than at the start of a cluster.</summary>
    [Fact]
    public async Task EveryQueryThatTheProvidersName_IsThere()
    {
        var there = new HashSet<string>();
        await using (var source = NpgsqlDataSource.Create(_connection))
        await using (var rows = await source.CreateCommand("select querykey from orleansquery").ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                there.Add(rows.GetString(0));
            }
        }

        var asked = new[] { "Orleans.Clustering.AdoNet", "Orleans.Reminders.AdoNet" }
            .Select(Assembly.Load)
            .SelectMany(assembly => assembly.GetTypes().Where(type => type.Name == "DbStoredQueries"))
            .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic))
            .Select(property => property.Name)
            .ToHashSet();
        asked.Count.ShouldBeGreaterThan(10);
        asked.UnionWith(["WriteToStorageKey", "ReadFromStorageKey", "ClearStorageKey", "DeleteStorageKey"]);
        there.ShouldBe(asked, ignoreOrder: true);
    }

    private static MembershipEntry Entry(MembershipEntry like, string name, int generation) => new()
    {
        SiloAddress = SiloAddress.New(like.SiloAddress.Endpoint, generation),
        SiloName = name,
        HostName = "host",
        Status = SiloStatus.Dead,
        StartTime = DateTime.UtcNow.AddDays(-1),
        IAmAliveTime = DateTime.UtcNow.AddDays(-1),
    };

    private static GrainState<Count> State(int value) => new() { State = new Count { Value = value } };

    private static async Task<Exception?> FailureAsync(Task write)
    {
        try
        {
            await write;
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}

[GenerateSerializer]
public sealed class Count
{
    [Id(0)]
    public int Value { get; set; }
}
