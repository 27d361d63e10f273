using Campaigns.Domain.Values;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task LoadOfAStreamNeverWritten_IsEmpty()
    {
        var load = await LoadOneAsync(StreamId.Of("user/cold"));

        (load.Snapshot, load.Tail.Count, load.Credits.Count).ShouldBe((null, 0, 0));
    }

    [Fact]
    public async Task LoadWithSnapshot_GivesItsSegmentsTheTailAndUnseenCredits()
    {
        var (user, pool) = (new StreamAuthor("user/loaded"), new StreamAuthor("pool/loaded"));
        var early = user.Commit(3);
        var draws = pool.Commit([.. Enumerable.Range(0, 4)
            .Select(_ => new Draft(new byte[] { 1 }, user.Stream, Units.Cash, 5))]);
        await WriteAsync(early, draws);
        var snapshot = SnapshotOf(user, segments: 3) with
        {
            Cursor = new Dictionary<StreamId, long> { [pool.Stream] = 2, [StreamId.Of("pool/older")] = 77 },
        };
        await Ledger.SaveSnapshotAsync(snapshot, None);
        var late = user.Commit(2);
        await WriteAsync(late);

        var load = await LoadOneAsync(user.Stream);

        load.Snapshot.ShouldBeSame(snapshot);
        load.Tail.ShouldBeSame(late.Entries);
        load.Credits.ShouldBeSame(draws.Entries.Skip(2));
    }

    [Fact]
    public async Task LoadWithoutCredits_DoesNotReadThem()
    {
        var pool = new StreamAuthor("pool/creditless");
        var account = StreamId.Of("campaign/creditless");
        await WriteAsync(pool.Transfer(account, 1));

        var loads = await Ledger.LoadAsync([new LoadRequest(account, false), new LoadRequest(account, true)], None);

        loads[0].Credits.ShouldBeEmpty();
        loads[1].Credits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task LoadOfManyStreams_AnswersEachInTheOrderAsked()
    {
        var authors = Enumerable.Range(0, 50).Select(i => new StreamAuthor($"user/wave/{i}")).ToList();
        await WriteAsync([.. authors.Select((author, i) => author.Commit(1 + i % 3))]);
        foreach (var author in authors.Where((_, i) => i % 5 == 0))
        {
            await Ledger.SaveSnapshotAsync(SnapshotOf(author, segments: 1), None);
        }

        var requests = authors.AsEnumerable().Reverse().Select(author => new LoadRequest(author.Stream, true)).ToList();
        var loads = await Ledger.LoadAsync(requests, None);

        loads.Select(load => load.Stream).ShouldBe(requests.Select(request => request.Stream));
        foreach (var (load, i) in loads.Reverse().Select((load, i) => (load, i)))
        {
            load.Tail.Count.ShouldBe(i % 5 == 0 ? 0 : 1 + i % 3);
            (load.Snapshot is not null).ShouldBe(i % 5 == 0);
        }
    }

    [Fact]
    public async Task SnapshotSavedInParts_KeepsEarlierSegments()
    {
        var pool = new StreamAuthor("pool/segments");
        await WriteAsync(pool.Commit());
        await Ledger.SaveSnapshotAsync(SnapshotOf(pool, segments: 2), None);
        await WriteAsync(pool.Commit());
        var second = SnapshotOf(pool, segments: 3);
        await Ledger.SaveSnapshotAsync(second with { Segments = [second.Segments[2]], FirstSegment = 2 }, None);

        (await LoadOneAsync(pool.Stream)).Snapshot.ShouldBeSame(second);
    }

    [Fact]
    public async Task OlderSnapshotSavedLate_DoesNotReplaceTheNewer()
    {
        var user = new StreamAuthor("user/late-snapshot");
        await WriteAsync(user.Commit());
        var older = SnapshotOf(user, segments: 1);
        await WriteAsync(user.Commit());
        var newer = SnapshotOf(user, segments: 1);
        await Ledger.SaveSnapshotAsync(newer, None);
        await Ledger.SaveSnapshotAsync(older, None);

        (await LoadOneAsync(user.Stream)).Snapshot.ShouldBeSame(newer);
    }

    [Fact]
    public async Task SnapshotsDeleted_LoadGivesTheWholeStream()
    {
        var (user, pool) = (new StreamAuthor("user/cleared"), new StreamAuthor("pool/cleared"));
        var commit = user.Commit(4);
        var draw = pool.Transfer(user.Stream, 3);
        await WriteAsync(commit, draw);
        await Ledger.SaveSnapshotAsync(SnapshotOf(user, segments: 2) with
        {
            Cursor = new Dictionary<StreamId, long> { [pool.Stream] = 1 },
        }, None);
        await Backend.ClearSnapshotsAsync();

        var load = await LoadOneAsync(user.Stream);

        load.Snapshot.ShouldBeNull();
        load.Tail.ShouldBeSame(commit.Entries);
        load.Credits.ShouldBeSame(draw.Entries);
    }

    [Fact]
    public async Task SnapshotThatLacksASegment_IsIgnored()
    {
        var pool = new StreamAuthor("pool/torn");
        await WriteAsync(pool.Commit(2));
        await Ledger.SaveSnapshotAsync(SnapshotOf(pool, segments: 3), None);
        await Backend.DeleteSegmentAsync(pool.Stream, 1);

        var load = await LoadOneAsync(pool.Stream);

        load.Snapshot.ShouldBeNull();
        load.Tail.Count.ShouldBe(2);
    }

    [Fact]
    public async Task SnapshotOfAHistoryThatTheJournalLacks_IsIgnored()
    {
        var winner = new StreamAuthor("user/foreign");
        var loser = winner.Fork();
        await WriteAsync(winner.Commit(text: "won"));
        loser.Commit(text: "lost");
        await Ledger.SaveSnapshotAsync(SnapshotOf(loser, segments: 0), None);

        var load = await LoadOneAsync(winner.Stream);

        load.Snapshot.ShouldBeNull();
        load.Tail.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SnapshotOfAnotherFormat_IsSkippedByWhoNamesHis()
    {
        var user = new StreamAuthor("user/formats");
        await WriteAsync(user.Commit());
        var old = SnapshotOf(user, segments: 1);
        await Ledger.SaveSnapshotAsync(old, None);
        await WriteAsync(user.Commit());
        var current = SnapshotOf(user, segments: 2) with { Format = 2 };
        await Ledger.SaveSnapshotAsync(current, None);

        (await LoadOneAsync(user.Stream, format: 1)).Snapshot.ShouldBeSame(old);
        (await LoadOneAsync(user.Stream, format: 2)).Snapshot.ShouldBeSame(current);
        (await LoadOneAsync(user.Stream, format: 3)).Snapshot.ShouldBeNull();
        (await LoadOneAsync(user.Stream)).Snapshot.ShouldBeSame(current);
    }

    [Fact]
    public async Task View_SeesOneInstantWhileOthersWrite()
    {
        var (a, b) = (new StreamAuthor("user/view-a"), new StreamAuthor("user/view-b"));
        await WriteAsync(a.Commit(2), b.Commit(1));
        await Ledger.SaveSnapshotAsync(SnapshotOf(a, segments: 2), None);
        await using var view = await Ledger.OpenViewAsync(None);
        await WriteAsync(a.Commit(), b.Commit());
        await Ledger.SaveSnapshotAsync(SnapshotOf(b, segments: 1), None);

        var rows = 0;
        await foreach (var entry in view.EntriesAsync(None))
        {
            rows++;
            (await view.ChainsAsync([(entry.Stream, entry.Version)], None))[0].ShouldBe(entry.Chain);
        }

        var snapshots = new List<Snapshot>();
        await foreach (var snapshot in view.SnapshotsAsync(None))
        {
            snapshots.Add(snapshot);
        }

        rows.ShouldBe(3);
        snapshots.ShouldHaveSingleItem().Segments.Count.ShouldBe(2);
        (await view.ReadAsync(a.Stream, 1, 10, None)).Count.ShouldBe(2);
        (await view.ChainsAsync([(a.Stream, 3)], None))[0].ShouldBeNull();
    }

    private protected static Snapshot SnapshotOf(StreamAuthor author, int segments) => new(
        author.Stream,
        Format: 1,
        author.Version,
        author.Chain,
        new Dictionary<StreamId, long>(),
        new byte[] { 1, 2, (byte)author.Version },
        [.. Enumerable.Range(0, segments).Select(i => (ReadOnlyMemory<byte>)new byte[] { (byte)i, 0xff, 0 })]);

    private protected async Task<StreamLoad> LoadOneAsync(StreamId stream, int? format = null) =>
        (await Ledger.LoadAsync([new LoadRequest(stream, true, format)], None))[0];
}
