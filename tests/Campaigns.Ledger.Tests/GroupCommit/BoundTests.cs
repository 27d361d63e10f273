using Campaigns.Ledger.GroupCommit;
using Campaigns.Ledger.Volatile;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.GroupCommit;

/// <summary>Rules 2 and 13: one bounded batch per lane, a bounded queue, a bounded stop.</summary>
public sealed class BoundTests
{
    [Fact]
    public async Task FullQueue_RefusesAtOnceAndTakesAgainWhenRoomIsBack()
    {
        await using var bench = new CommitterBench(new GroupCommitOptions { QueueRows = 10 });
        bench.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var author = new StreamAuthor("pool/a");
        var first = bench.Enqueue(author.Commit(4));
        bench.Run();

        bench.Committer.TryReserve(7).ShouldBeFalse();
        bench.Committer.TryReserve(6).ShouldBeTrue();
        bench.Committer.TryReserve(1).ShouldBeFalse();
        bench.Committer.Release(2);
        bench.Committer.TryReserve(3).ShouldBeFalse();
        var second = bench.Committer.Enqueue(author.Commit(1), 4);
        bench.Committer.TryReserve(5).ShouldBeTrue();
        bench.Committer.Release(5);

        bench.Gate.SetResult();
        bench.Run();
        new[] { first, second }.Now().ShouldAllBe(outcome => outcome == CommitOutcome.Committed);
        bench.Committer.TryReserve(10).ShouldBeTrue();
    }

    [Fact]
    public async Task LargeCommits_LeaveATenthOfTheQueueToSmallOnes()
    {
        await using var bench = new CommitterBench(new GroupCommitOptions { QueueRows = 1_000 });
        bench.Committer.TryReserve(800).ShouldBeTrue();

        bench.Committer.TryReserve(101).ShouldBeFalse();
        bench.Committer.TryReserve(100).ShouldBeTrue();
        bench.Committer.TryReserve(65).ShouldBeFalse();
        bench.Committer.TryReserve(64).ShouldBeTrue();
        bench.Committer.TryReserve(36).ShouldBeTrue();
        bench.Committer.TryReserve(1).ShouldBeFalse();
        bench.Committer.Release(1_000);
    }

    [Fact]
    public async Task SlowDatabase_RefusesWhileACommitHasWaitedTooLong_AndTakesMoreOnceItIsWritten()
    {
        await using var bench = new CommitterBench();
        bench.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var author = new StreamAuthor("pool/a");
        var written = bench.Enqueue(author.Commit(1));
        bench.Run();
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        bench.Committer.TryReserve(1).ShouldBeTrue("what is being written does not wait");
        bench.Committer.Release(1);

        var waiting = bench.Enqueue(author.Commit(1));
        bench.Time.Advance(new GroupCommitOptions().LongestWait);
        bench.Committer.TryReserve(1).ShouldBeTrue();
        bench.Committer.Release(1);
        bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        bench.Committer.TryReserve(1).ShouldBeFalse();

        bench.Gate.SetResult();
        bench.Run();
        new[] { written, waiting }.Now().ShouldAllBe(outcome => outcome == CommitOutcome.Committed);
        bench.Committer.TryReserve(1).ShouldBeTrue();
    }

    [Fact]
    public async Task QueueFullOfBytes_Refuses()
    {
        await using var bench = new CommitterBench(new GroupCommitOptions { QueueBytes = 10_000 });
        bench.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = bench.Enqueue(new StreamAuthor("pool/a").Commit([new Draft(new byte[10_000])]));

        bench.Committer.TryReserve(1).ShouldBeFalse();
        bench.Gate.SetResult();
        bench.Run();
        bench.Committer.TryReserve(1).ShouldBeTrue();
    }

    [Fact]
    public async Task Batches_KeepTheirBoundsAndAreSortedByStreamAndVersion()
    {
        await using var bench = new CommitterBench(new GroupCommitOptions { BatchRows = 10 });
        var authors = Enumerable.Range(0, 12).Select(i => new StreamAuthor($"user/{i}")).ToList();
        var outcomes =
            Enumerable.Range(0, 60).Select(i => bench.Enqueue(authors[i * 7 % 12].Commit(1 + i % 3))).ToList();
        outcomes.Add(bench.Enqueue(new StreamAuthor("pool/large").Commit(25)));

        bench.Run();

        outcomes.ShouldAllBe(outcome => outcome.Now() == CommitOutcome.Committed);
        foreach (var batch in bench.Batches)
        {
            var rows = batch.Sum(commit => commit.Entries.Count) - 1;
            rows.ShouldBeLessThanOrEqualTo(batch.Count == 2 ? 25 : 10);
            batch.Select(commit => (commit.Stream, commit.ExpectedVersion)).ShouldBeInOrder();
        }
    }

    [Fact]
    public async Task BytesBoundOfABatch_LetsALargeCommitTravelAlone()
    {
        await using var bench = new CommitterBench(new GroupCommitOptions { BatchBytes = 5_000 });
        for (var i = 0; i < 4; i++)
        {
            _ = bench.Enqueue(new StreamAuthor($"campaign/{i}").Commit([new Draft(new byte[9_000])]));
        }

        bench.Run();

        bench.Batches.Select(batch => batch.Count).ShouldBe([2, 2, 2, 2]);
    }

    [Fact]
    public async Task Lanes_EachHaveOneBatchUnderWayAndKeepTheirStreams()
    {
        await using var bench = new CommitterBench(new GroupCommitOptions { Lanes = 3, BatchRows = 1 });
        var gate = bench.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var authors = Enumerable.Range(0, 30).Select(i => new StreamAuthor($"user/{i}")).ToList();
        var outcomes = authors.Concat(authors).Select(author => bench.Enqueue(author.Commit())).ToList();
        bench.Run();
        bench.Batches.Count.ShouldBe(3);

        bench.Gate = null;
        gate.SetResult();
        bench.Run();

        outcomes.ShouldAllBe(outcome => outcome.Now() == CommitOutcome.Committed);
        var laneOf = bench.Batches
            .SelectMany(batch => batch.Select(commit => (
                commit.Stream, Seal: batch.Single(seal => bench.Committer.Streams.Contains(seal.Stream)).Stream)))
            .Where(pair => pair.Stream != pair.Seal)
            .GroupBy(pair => pair.Stream);
        laneOf.ShouldAllBe(stream => stream.Distinct().Count() == 1);
    }

    [Fact]
    public async Task Linger_GathersCompanyForThatLong()
    {
        await using var bench = new CommitterBench(new GroupCommitOptions { Linger = TimeSpan.FromMilliseconds(5) });
        var author = new StreamAuthor("pool/a");
        _ = bench.Enqueue(author.Commit());
        bench.Run();
        bench.Batches.ShouldBeEmpty();
        var second = bench.Enqueue(author.Commit());
        bench.Time.Advance(TimeSpan.FromMilliseconds(5));
        bench.Run();

        bench.Batches.Count.ShouldBe(1);
        second.Now().ShouldBe(CommitOutcome.Committed);
    }

    [Fact]
    public async Task Stop_WritesWhatIsQueuedAndTakesNothingMore()
    {
        await using var bench = new CommitterBench(new GroupCommitOptions { BatchRows = 2 });
        var author = new StreamAuthor("pool/a");
        var outcomes = Enumerable.Range(0, 9).Select(_ => bench.Enqueue(author.Commit())).ToList();
        bench.Committer.TryReserve(1).ShouldBeTrue();

        var stop = bench.Stop();
        bench.Run();
        bench.Committer.TryReserve(1).ShouldBeFalse();
        var late = bench.Committer.Enqueue(author.Commit(), 1);
        bench.Run();

        stop.IsCompleted.ShouldBeTrue();
        outcomes.Now().ShouldAllBe(outcome => outcome == CommitOutcome.Committed);
        late.Now().ShouldBe(CommitOutcome.Abandoned);
    }

    [Fact]
    public async Task StopWithoutADatabase_AbandonsWithinTheDrainLimit()
    {
        await using var bench = new CommitterBench();
        bench.BeforeWrite = _ => bench.Faults.Enqueue(WriteFault.NotWritten);
        bench.Ledger.OnRead = () => throw new LedgerUnavailableException("away");
        var outcomes =
            Enumerable.Range(0, 5).Select(i => bench.Enqueue(new StreamAuthor($"user/{i}").Commit())).ToList();
        bench.Pass(TimeSpan.FromSeconds(1));

        var stop = bench.Stop();
        bench.Run();
        bench.Pass(TimeSpan.FromSeconds(9));
        stop.IsCompleted.ShouldBeFalse();
        bench.Pass(TimeSpan.FromSeconds(2));

        stop.IsCompleted.ShouldBeTrue();
        outcomes.Now().ShouldAllBe(outcome => outcome == CommitOutcome.Abandoned);
    }

    [Fact]
    public async Task BugInTheLedger_EndsTheCommitterAndTellsTheHost()
    {
        await using var bench = new CommitterBench();
        bench.BeforeWrite = _ => throw new InvalidOperationException("bug");
        var outcome = bench.Enqueue(new StreamAuthor("pool/a").Commit());

        bench.Run();

        outcome.Now().ShouldBe(CommitOutcome.Abandoned);
        bench.Committer.Completion.IsFaulted.ShouldBeTrue();
        bench.Committer.TryReserve(1).ShouldBeFalse();
    }
}
