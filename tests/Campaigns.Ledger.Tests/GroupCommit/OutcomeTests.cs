using Campaigns.Ledger.GroupCommit;
using Campaigns.Ledger.Volatile;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.GroupCommit;

/// <summary>
/// Rules 1 and 4: an answer only after the commit, and an unknown outcome is asked for, never guessed.
/// </summary>
public sealed class OutcomeTests
{
    [Fact]
    public async Task CommitUnderWay_IsNotAnsweredBeforeTheTransactionEnds()
    {
        await using var bench = new CommitterBench();
        bench.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var outcome = bench.Enqueue(new StreamAuthor("pool/a").Commit());
        bench.Run();

        bench.Batches.Count.ShouldBe(1);
        outcome.IsCompleted.ShouldBeFalse();

        bench.Gate.SetResult();
        bench.Run();
        outcome.Now().ShouldBe(CommitOutcome.Committed);
    }

    [Fact]
    public async Task CommitsThatArriveDuringABatch_TravelTogetherInTheNext()
    {
        await using var bench = new CommitterBench();
        var gate = bench.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var author = new StreamAuthor("pool/a");
        _ = bench.Enqueue(author.Commit());
        bench.Run();
        bench.Gate = null;
        var later = Enumerable.Range(0, 9).Select(_ => bench.Enqueue(author.Commit())).ToList();
        later.Add(bench.Enqueue(new StreamAuthor("pool/b").Commit()));
        bench.Run();
        bench.Batches.Count.ShouldBe(1);

        gate.SetResult();
        bench.Run();

        bench.Batches.Count.ShouldBe(2);
        later.Now().ShouldAllBe(outcome => outcome == CommitOutcome.Committed);
        bench.Rows(author.Stream).Select(row => row.Version).ShouldBe(Enumerable.Range(1, 10).Select(i => (long)i));
    }

    [Fact]
    public async Task CommitsOfOneStream_AreAnsweredInTheOrderOfArrival()
    {
        await using var bench = new CommitterBench(new GroupCommitOptions { BatchRows = 3 });
        var answered = new List<int>();
        var (pool, user) = (new StreamAuthor("pool/a"), new StreamAuthor("user/a"));
        var watching = Enumerable.Range(0, 20)
            .Select(i => bench.Enqueue((i % 3 == 0 ? user : pool).Commit()))
            .Select((outcome, i) => bench.Scheduler.Start(async () =>
            {
                await outcome;
                answered.Add(i);
                return i;
            }))
            .ToList();

        bench.Run();

        watching.ShouldAllBe(task => task.IsCompletedSuccessfully);
        answered.ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public async Task LostAnswerOfATransactionThatCommitted_IsFoundAndWrittenOnce()
    {
        await using var bench = new CommitterBench();
        bench.Faults.Enqueue(WriteFault.UnknownCommitted);
        var commit = new StreamAuthor("pool/a").Commit(3);
        var outcome = bench.Enqueue(commit);

        bench.Run();

        outcome.Now().ShouldBe(CommitOutcome.Committed);
        bench.Batches.Count.ShouldBe(1);
        bench.Rows(commit.Stream).ShouldBeSame(commit.Entries);
    }

    [Fact]
    public async Task LostAnswerOfATransactionThatDidNotCommit_WritesTheIdenticalRowsAgain()
    {
        await using var bench = new CommitterBench();
        bench.Faults.Enqueue(WriteFault.UnknownNotCommitted);
        bench.Faults.Enqueue(WriteFault.UnknownNotCommitted);
        var commit = new StreamAuthor("pool/a").Commit(3);
        var outcome = bench.Enqueue(commit);

        bench.Run();
        outcome.IsCompleted.ShouldBeFalse();
        bench.Pass(TimeSpan.FromSeconds(1));

        outcome.Now().ShouldBe(CommitOutcome.Committed);
        bench.Batches.Count.ShouldBe(3);
        bench.Rows(commit.Stream).ShouldBeSame(commit.Entries);
    }

    [Fact]
    public async Task LostTransactionThatCommitsAfterItWasAskedFor_IsStillOneEffect()
    {
        await using var bench = new CommitterBench();
        bench.Faults.Enqueue(WriteFault.UnknownNotCommitted);
        var commit = new StreamAuthor("pool/a").Commit(2);
        var outcome = bench.Enqueue(commit);
        bench.Run();
        bench.BeforeWrite = _ =>
        {
            bench.BeforeWrite = null;
            bench.Ledger.Journal.Append(bench.Batches[0]).ShouldBe(WriteOutcome.Committed);
        };

        bench.Pass(TimeSpan.FromSeconds(1));

        outcome.Now().ShouldBe(CommitOutcome.Committed);
        bench.Rows(commit.Stream).ShouldBeSame(commit.Entries);
        Committed(bench).ShouldBe(CommitOutcome.Committed, "the seals must go on behind the late one");
    }

    [Fact]
    public async Task LostTransactionThatAnotherActivationOvertook_IsFenced()
    {
        await using var bench = new CommitterBench();
        bench.Faults.Enqueue(WriteFault.UnknownNotCommitted);
        var stale = new StreamAuthor("pool/a");
        var winner = stale.Fork();
        var outcome = bench.Enqueue(stale.Commit());
        bench.BeforeWrite = _ => bench.Ledger.Journal.Append([winner.Commit(text: "other")]);

        bench.Run();

        outcome.Now().ShouldBe(CommitOutcome.Fenced);
        bench.Rows(stale.Stream).Count.ShouldBe(1);
    }

    [Fact]
    public async Task DatabaseAway_CommitWaitsAndArrivesWhenItIsBack()
    {
        await using var bench = new CommitterBench();
        var away = true;
        bench.BeforeWrite = _ =>
        {
            if (away)
            {
                bench.Faults.Enqueue(WriteFault.NotWritten);
            }
        };
        bench.Ledger.OnRead = () => away ? throw new LedgerUnavailableException("away") : ValueTask.CompletedTask;
        var outcome = bench.Enqueue(new StreamAuthor("pool/a").Commit());

        bench.Pass(TimeSpan.FromSeconds(30));
        outcome.IsCompleted.ShouldBeFalse();
        away = false;
        bench.Pass(TimeSpan.FromSeconds(2));

        outcome.Now().ShouldBe(CommitOutcome.Committed);
    }

    [Fact]
    public async Task MalformedCommit_IsRefusedAtOnce()
    {
        await using var bench = new CommitterBench();
        var commit = new StreamAuthor("pool/a").Commit(2);
        bench.Committer.TryReserve(2).ShouldBeTrue();

        Should.Throw<ArgumentException>(
            () => bench.Committer.Enqueue(commit with { Entries = [commit.Entries[1]] }, 2));
        Should.Throw<ArgumentException>(() => bench.Committer.Enqueue(commit, 1));
    }

    private static CommitOutcome Committed(CommitterBench bench)
    {
        var outcome = bench.Enqueue(new StreamAuthor("pool/afterwards").Commit());
        bench.Pass(TimeSpan.FromSeconds(1));
        outcome.IsCompleted.ShouldBeTrue();
        return outcome.Now();
    }
}
