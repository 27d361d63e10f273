using Campaigns.Contracts;
using Campaigns.Domain.Values;
using Campaigns.Grains.Tests.Faults;
using static Campaigns.Grains.Tests.Calls;

namespace Campaigns.Grains.Tests.Snapshots;

public sealed class SnapshotTests
{
    private static readonly DateTimeOffset Noon = new(2027, 2, 1, 12, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restart_FromSnapshots_OrFromTheEntriesAlone_AnswersTheSame(bool delete)
    {
        var silo = await OpenAsync();
        await PlayAsync(silo);
        var before = await TellAsync(silo);
        await silo.DisposeAsync();
        var streams = (await silo.SnapshotsAsync()).Select(snapshot => snapshot.Stream).ToList();
        streams.ShouldContain(StreamId.Of("pool/night/bag/0"));
        streams.ShouldContain(StreamId.Of("pool/night/spend/0"));
        streams.ShouldContain(StreamId.Of("user/u1"));
        streams.ShouldNotContain(StreamId.Of("campaign/night"), "a campaign is always replayed");
        await silo.ShouldBeCleanAsync();
        if (delete)
        {
            silo.Ledger.Journal.ClearSnapshots();
        }

        await using var next = await TestSilo.StartAsync(silo.Ledger.Journal, silo.Time, Often());
        var after = await TellAsync(next);

        after.ShouldBe(before);
        await next.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task StateThatIsNotDurable_IsNeverSaved()
    {
        await using var silo = await OpenAsync();
        await silo.CheckInAsync("warm");
        await EventuallyAsync(
            async () => (await silo.SnapshotsAsync()).Exists(one => one.Stream == StreamId.Of("user/warm")),
            "the durable one is saved");
        var before = await silo.SnapshotsAsync();
        using var block = new BlockedWrites(silo);
        var waiting = AllAsync(Enumerable.Range(0, 5), user => silo.CheckInAsync($"u{user}"));
        await EventuallyAsync(() => block.IsHolding, "a batch is being written");

        var during = await silo.SnapshotsAsync();
        block.Dispose();
        await waiting;

        during.Select(snapshot => (snapshot.Stream, snapshot.Version))
            .ShouldBe(before.Select(snapshot => (snapshot.Stream, snapshot.Version)));
        await EventuallyAsync(
            async () => (await silo.SnapshotsAsync()).Count > before.Count, "snapshots come with durability");
    }

    [Fact]
    public async Task ActivationThatLostItsStream_SavesNothingOfWhatItBelieved()
    {
        await using var one = await OpenAsync();
        await using var other = await TestSilo.StartAsync(one.Ledger.Journal, one.Time, Often());
        await PatientAsync(() => other.Grains.User("ada").GetCampaign("night", FactSet.Empty), reply => reply.Outcome);
        await one.CheckInAsync("ada", key: 1);

        (await other.CheckInAsync("ada", key: 2)).Outcome.ShouldBe(Outcome.Unavailable);

        await PatientAsync(() => other.CheckInAsync("ada", key: 2), reply => reply.Outcome);
        await one.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task UserWhoOnlyLooked_LeavesNothingInTheNextSnapshot()
    {
        await using var silo = await OpenAsync();
        await silo.Grains.User("ada").GetCampaign("night", FactSet.Empty);
        await silo.Grains.User("ada").Quote(new QuoteCommand("m1", "online", 10_000));

        await silo.PutFactsAsync("ada", Facts(1, ("card-bound", true)));

        await EventuallyAsync(
            async () => (await silo.SnapshotsAsync()).Exists(one => one.Stream == StreamId.Of("user/ada")),
            "the user's snapshot is saved");
        await silo.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task ClockThatWasSetBack_AfterARestartFromASnapshot_DoesNotTurnTheStreamsTimeBack()
    {
        var silo = await OpenAsync();
        await silo.PutFactsAsync("ada", Facts(1, ("card-bound", true)));
        await silo.DrawAsync("ada");
        await silo.DisposeAsync();
        (await silo.SnapshotsAsync()).ShouldNotBeEmpty();
        silo.Time.Advance(TimeSpan.FromMinutes(-5));

        await using var next = await TestSilo.StartAsync(silo.Ledger.Journal, silo.Time, Often());
        await next.PutFactsAsync("ada", Facts(2, ("card-bound", true)));
        (await next.DrawAsync("bob")).Outcome.ShouldBe(Outcome.Done);

        await next.ShouldBeCleanAsync();
    }

    private static GrainOptions Often() => new()
    {
        SnapshotEvery = 1,
        SnapshotOnSleep = 1,
        ExpiryInterval = TimeSpan.FromMilliseconds(50),
    };

    private static async Task<TestSilo> OpenAsync()
    {
        var silo = await TestSilo.StartAsync(grains: Often());
        silo.Time.Set(Noon);
        await silo.OpenAsync(Pools.Plain(silo, count: 20, total: 2_000).Budget("discounts", 1_000_000)
            .Add("""{"id": "daily", "type": "check-in", "everyDay": [{"kind": "points", "amount": 5}]}""")
            .Add("""
                {"id": "spend", "type": "spend-discount", "tiers": [{"spend": 10000, "off": 2000}],
                 "perUserPerDay": 2, "stock": 10, "merchants": ["*"], "holdFor": "PT15M"}
                """));
        return silo;
    }

    private static async Task PlayAsync(TestSilo silo)
    {
        for (var user = 0; user < 6; user++)
        {
            await silo.DrawAsync($"u{user}");
            await silo.CheckInAsync($"u{user}");
            await silo.ReserveAsync($"u{user}", $"o{user}");
            await silo.PutFactsAsync($"u{user}", Facts(user + 1, ("city", "hangzhou")), "vip");
        }

        await silo.Grains.Order("shop", "o1").Confirm(new ConfirmCommand("p1", 8_000, 1));
        await silo.Grains.Order("shop", "o1").Refund(new RefundCommand("r1", 3_000, 1));
        await silo.Grains.Order("shop", "o2").Cancel();
        await silo.Grains.User("u2").Get();
    }

    /// <summary>Everything that a caller can see, as text.</summary>
    private static async Task<string> TellAsync(TestSilo silo)
    {
        var lines = new List<string>();
        for (var user = 0; user < 7; user++)
        {
            var grain = silo.Grains.User($"u{user}");
            var me = await grain.Get();
            var here = await grain.GetCampaign("night", FactSet.Empty);
            var transfers = await grain.GetTransfers(new TransferRequest(null, 50));
            lines.Add(string.Join(",", me.Balances.Select(balance => balance.ToString())));
            lines.Add(string.Join(",", here.Activities.Select(activity => activity.ToString())));
            lines.Add(string.Join(",", transfers.Items.Select(item => item.ToString())));
            lines.Add((await silo.DrawAsync($"u{user}", round: "no-such-round")).ToString());
            lines.Add((await silo.Grains.Order("shop", $"o{user}").Get()).ToString());
        }

        var audit = await silo.Grains.Campaign("night").Audit();
        lines.AddRange(audit.Accounts.Select(account => account.ToString()));
        return string.Join("\n", lines);
    }
}
