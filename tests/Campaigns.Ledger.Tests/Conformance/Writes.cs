using Campaigns.Domain.Values;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task EntryWithEveryField_ReadsBackUnchanged()
    {
        var author = new StreamAuthor("user/every-field");
        var eightBits = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var commit = author.Commit(
        [
            new Draft(eightBits, StreamId.Of("user/b"), Units.Chance("ny2027", "wheel") + "·中文", long.MaxValue),
            new Draft(ReadOnlyMemory<byte>.Empty),
            new Draft(new byte[70_000], author.Stream, Units.Points, 1, EntryKind.BudgetFunded),
            new Draft(new byte[1], StreamId.Of("user/nothing"), null, 0),
            new Draft(new byte[1], StreamId.Of("user/negative"), Units.Cash, -5),
        ]);

        await WriteAsync(commit);

        (await Ledger.ReadAsync(author.Stream, 1, 10, None)).ShouldBeSame(commit.Entries);
        (await ScanAsync()).ShouldBeSame(commit.Entries);
    }

    [Fact]
    public async Task StreamsOfAnyBytes_ScanInTheOrderOfTheirIds()
    {
        var ids = new[] { "00", "01", "7f", "80", "ff" }
            .SelectMany(head => new[] { "00", "7f", "80", "ff" }, (head, tail) => head + new string('1', 28) + tail)
            .Select(StreamId.Parse)
            .Append(new StreamId(UInt128.MaxValue))
            .Append(new StreamId(UInt128.One))
            .ToList();
        var commits = ids.AsEnumerable().Reverse().Select(id => new StreamAuthor(StreamAuthor.Key, id).Commit(2));

        await WriteAsync([.. commits]);

        (await ScanAsync()).Select(entry => (entry.Stream, entry.Version)).ShouldBe(
            ids.Order().SelectMany(id => new[] { (id, 1L), (id, 2L) }));
    }

    [Fact]
    public async Task BatchWithOneTakenKey_WritesNothingAndSaysConflict()
    {
        var (first, other) = (new StreamAuthor("pool/a"), new StreamAuthor("pool/b"));
        var stale = first.Fork();
        await WriteAsync(first.Commit());

        (await Ledger.WriteAsync([other.Commit(3), stale.Commit(2)], None)).ShouldBe(WriteOutcome.Conflict);

        (await ScanAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task LaterVersionsAfterAConflict_AreTheCallersToHoldBack()
    {
        // The primary key alone does not stop this row: that is why the committer fails the whole queue of a stream.
        var winner = new StreamAuthor("pool/gap");
        var stale = winner.Fork();
        stale.Commit();
        await WriteAsync(winner.Commit());

        (await Ledger.WriteAsync([stale.Commit()], None)).ShouldBe(WriteOutcome.Committed);
    }

    [Fact]
    public async Task TwoWritersOfOneVersion_OneCommitsAndTheOtherConflicts()
    {
        await using var second = await Backend.OpenAsync();
        for (var round = 0; round < 20; round++)
        {
            var author = new StreamAuthor($"pool/race/{round}");
            var (left, right) = (author.Fork().Commit(2, "left"), author.Fork().Commit(2, "right"));

            var outcomes = await Task.WhenAll(
                Ledger.WriteAsync([left], None).AsTask(), second.WriteAsync([right], None).AsTask());

            outcomes.Order().ShouldBe([WriteOutcome.Committed, WriteOutcome.Conflict]);
            var rows = await Ledger.ReadAsync(author.Stream, 1, 10, None);
            rows.ShouldBeSame(outcomes[0] == WriteOutcome.Committed ? left.Entries : right.Entries);
        }
    }

    [Fact]
    public async Task Probe_TellsHeadsAndChainsInTheOrderAsked()
    {
        var (a, b) = (new StreamAuthor("probe/a"), new StreamAuthor("probe/b"));
        var (first, second) = (a.Commit(3), b.Commit(1));
        await WriteAsync(first, second);
        var absent = StreamId.Of("probe/absent");

        var probe = await Ledger.ProbeAsync(
            [b.Stream, absent, a.Stream, b.Stream],
            [(a.Stream, 2), (absent, 1), (b.Stream, 1), (a.Stream, 4), (a.Stream, 2)],
            None);

        probe.Heads.ShouldBe(
        [
            new StreamHead(b.Stream, 1, b.Chain),
            new StreamHead(absent, 0, Chain.Start),
            new StreamHead(a.Stream, 3, a.Chain),
            new StreamHead(b.Stream, 1, b.Chain),
        ]);
        probe.Chains.ShouldBe([first.Entries[1].Chain, null, b.Chain, null, first.Entries[1].Chain]);
    }

    [Fact]
    public async Task Entries_AnswersInTheOrderAskedWithNullWhereNothingIs()
    {
        var author = new StreamAuthor("user/entries");
        var commit = author.Commit(3);
        await WriteAsync(commit);

        var entries = await Ledger.EntriesAsync(
            [(author.Stream, 3), (author.Stream, 9), (author.Stream, 1)], None);

        entries[0].ShouldBeSame(commit.Entries[2]);
        entries[1].ShouldBeNull();
        entries[2].ShouldBeSame(commit.Entries[0]);
    }

    [Fact]
    public async Task Read_StopsAtItsLimit()
    {
        var author = new StreamAuthor("user/pages");
        var commit = author.Commit(10);
        await WriteAsync(commit);

        (await Ledger.ReadAsync(author.Stream, 4, 3, None)).ShouldBeSame(commit.Entries.Skip(3).Take(3));
        (await Ledger.ReadAsync(author.Stream, 11, 3, None)).ShouldBeEmpty();
    }
}
