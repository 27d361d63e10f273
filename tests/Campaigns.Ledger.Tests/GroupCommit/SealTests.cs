using Campaigns.Domain.Values;
using Campaigns.Ledger.GroupCommit;
using Campaigns.Ledger.Volatile;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.GroupCommit;

/// <summary>
/// Rule 12: each batch is sealed in the committer's own stream, and a new committer links all others.
/// </summary>
public sealed class SealTests
{
    [Fact]
    public async Task EachBatch_EndsWithOneSealOverItsRows()
    {
        await using var bench = new CommitterBench(new GroupCommitOptions { BatchRows = 5 });
        var authors = Enumerable.Range(0, 4).Select(i => new StreamAuthor($"user/{i}")).ToList();
        for (var i = 0; i < 20; i++)
        {
            _ = bench.Enqueue(authors[i % 4].Commit(1 + i % 2));
        }

        bench.Run();

        var seals = bench.Rows(bench.Committer.Streams[0]).Where(row => row.Kind == EntryKind.BatchSealed).ToList();
        seals.Count.ShouldBe(bench.Batches.Count);
        foreach (var (seal, batch) in seals.Zip(bench.Batches))
        {
            var rows =
                batch.Where(commit => commit.Stream != seal.Stream).SelectMany(commit => commit.Entries).ToList();
            var read = BatchSeal.Read(seal.Payload.Span);
            read.Ranges.Sum(range => range.Count).ShouldBe(rows.Count);
            read.Digest.ShouldBe(BatchSeal.Over([.. batch.Where(commit => commit.Stream != seal.Stream)]).Digest);
            using var digest = new RowDigest();
            rows.ForEach(row => digest.Add(row.Stream, row.Version, row.Chain));
            digest.Finish().ShouldBe(read.Digest);
        }
    }

    [Fact]
    public async Task CommitterStream_IsAChainFromItsStartOn()
    {
        await using var bench = new CommitterBench();
        _ = bench.Enqueue(new StreamAuthor("pool/a").Commit());
        bench.Run();
        _ = bench.Enqueue(new StreamAuthor("pool/b").Commit());
        bench.Run();

        var rows = bench.Rows(bench.Committer.Streams[0]);
        rows.Select(row => row.Kind).ShouldBe(
            [EntryKind.CommitterStarted, EntryKind.BatchSealed, EntryKind.BatchSealed]);
        var chain = Chain.Start;
        foreach (var row in rows)
        {
            chain = StreamAuthor.Key.Next(chain, row);
            row.Chain.ShouldBe(chain);
        }
    }

    [Fact]
    public async Task NewCommitter_LinksWhereTheOthersStand()
    {
        var journal = new VolatileJournal();
        StreamHead first;
        await using (var bench = new CommitterBench(journal: journal, id: "first"))
        {
            _ = bench.Enqueue(new StreamAuthor("pool/a").Commit());
            bench.Run();
            first = journal.Probe(bench.Committer.Streams, []).Heads[0];
        }

        await using var second = new CommitterBench(journal: journal, id: "second");
        var start = CommitterStart.Read(second.Rows(second.Committer.Streams[0])[0].Payload.Span);
        start.Name.ShouldBe("committer/second/0");
        start.Links.ShouldBe([first]);

        await using var third = new CommitterBench(journal: journal, id: "third");
        var links = CommitterStart.Read(third.Rows(third.Committer.Streams[0])[0].Payload.Span).Links;
        links.Select(link => link.Stream).ShouldBe([second.Committer.Streams[0]], "the first is linked already");
    }

    [Fact]
    public async Task CommitterOfTheSameName_GoesOnInItsStream()
    {
        var journal = new VolatileJournal();
        await using (var bench = new CommitterBench(journal: journal))
        {
            _ = bench.Enqueue(new StreamAuthor("pool/a").Commit());
            bench.Run();
        }

        await using var again = new CommitterBench(journal: journal);
        _ = again.Enqueue(new StreamAuthor("pool/b").Commit());
        again.Run();

        again.Rows(again.Committer.Streams[0]).Select(row => (row.Version, row.Kind)).ShouldBe(
        [
            (1, EntryKind.CommitterStarted), (2, EntryKind.BatchSealed),
            (3, EntryKind.CommitterStarted), (4, EntryKind.BatchSealed),
        ]);
    }

    [Fact]
    public async Task CommitterOvertakenByOneWhoseClockIsAhead_GoesOnBehindItsTime()
    {
        var journal = new VolatileJournal();
        await using var late = new CommitterBench(journal: journal);
        await using var next = new CommitterBench(journal: journal);
        next.Time.SetUtcNow(next.Time.GetUtcNow() + TimeSpan.FromHours(1));
        _ = next.Enqueue(new StreamAuthor("pool/a").Commit());
        next.Run();

        var overtaken = late.Enqueue(new StreamAuthor("pool/b").Commit());
        late.Pass(TimeSpan.FromSeconds(1));

        overtaken.Now().ShouldBe(CommitOutcome.Committed);
        var times = late.Rows(late.Committer.Streams[0]).Select(row => row.At).ToList();
        times.Count.ShouldBe(4);
        times.ShouldBe(times.Order());
    }

    [Fact]
    public void SealAndStart_HaveTheBytesThatAreStored()
    {
        var seal = new BatchSeal([new SealedRange(new StreamId(0x0102), 300, 2)], 0xabcd);
        Convert.ToHexString(seal.Write()).ShouldBe(
            "01" + "00000000000000000000000000000102" + "AC02" + "02" + "0000000000000000000000000000ABCD");
        var start = new CommitterStart("h/0", [new StreamHead(new StreamId(1), 200, new Chain(2))]);
        Convert.ToHexString(start.Write()).ShouldBe(
            "03682F30" + "01" + "00000000000000000000000000000001" + "C801" + "00000000000000000000000000000002");
        CommitterStart.Read(start.Write()).Links.ShouldBe(start.Links);
        BatchSeal.Read(seal.Write()).Ranges.ShouldBe(seal.Ranges);
    }
}
