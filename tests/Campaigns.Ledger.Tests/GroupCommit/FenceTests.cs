using Campaigns.Ledger.GroupCommit;
using Campaigns.Ledger.Volatile;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.GroupCommit;

/// <summary>Rule 3: the primary key is the fence, and nothing of a failed activation gets in behind it.</summary>
public sealed class FenceTests
{
    [Fact]
    public async Task BatchWithOneStaleStream_DropsThatStreamAndWritesTheRest()
    {
        await using var bench = new CommitterBench();
        var (stale, sound) = (new StreamAuthor("pool/stale"), new StreamAuthor("pool/sound"));
        bench.Ledger.Journal.Append([stale.Fork().Commit(text: "foreign")]);

        var fenced = bench.Enqueue(stale.Commit());
        var committed = bench.Enqueue(sound.Commit(2));
        bench.Run();

        fenced.Now().ShouldBe(CommitOutcome.Fenced);
        committed.Now().ShouldBe(CommitOutcome.Committed);
        bench.Rows(sound.Stream).Count.ShouldBe(2);
    }

    [Fact]
    public async Task LaterVersionsOfAStaleStream_AreNeverInsertedBehindTheForeignHistory()
    {
        await using var bench = new CommitterBench(new GroupCommitOptions { BatchRows = 2 });
        var stale = new StreamAuthor("pool/stale");
        var foreign = stale.Fork().Commit(1, "foreign");
        bench.Ledger.Journal.Append([foreign]);

        var outcomes = Enumerable.Range(0, 9).Select(_ => bench.Enqueue(stale.Commit())).ToList();
        bench.Run();

        outcomes.Now().ShouldAllBe(outcome => outcome == CommitOutcome.Fenced);
        bench.Rows(stale.Stream).ShouldBeSame(foreign.Entries);
    }

    [Fact]
    public async Task CommitOfAFailedActivationThatArrivesLater_FailsToo()
    {
        await using var bench = new CommitterBench();
        var stale = new StreamAuthor("pool/stale");
        bench.Ledger.Journal.Append([stale.Fork().Commit(1, "foreign")]);
        var first = bench.Enqueue(stale.Commit());
        bench.Run();
        first.Now().ShouldBe(CommitOutcome.Fenced);

        var late = bench.Enqueue(stale.Commit());
        var later = bench.Enqueue(stale.Commit());
        bench.Run();

        late.Now().ShouldBe(CommitOutcome.Fenced);
        later.Now().ShouldBe(CommitOutcome.Fenced);
        bench.Rows(stale.Stream).Count.ShouldBe(1);
    }

    [Fact]
    public async Task NewActivationOfTheSameStream_IsAcceptedWhileTheOldOneStillFails()
    {
        await using var bench = new CommitterBench();
        var stale = new StreamAuthor("pool/taken-over");
        var owner = stale.Fork();
        bench.Ledger.Journal.Append([owner.Commit(1, "foreign")]);
        var first = bench.Enqueue(stale.Commit());
        bench.Run();
        first.Now().ShouldBe(CommitOutcome.Fenced);

        var reloaded = bench.Enqueue(owner.Commit(2, "reloaded"));
        var old = bench.Enqueue(stale.Commit());
        bench.Run();

        reloaded.Now().ShouldBe(CommitOutcome.Committed);
        old.Now().ShouldBe(CommitOutcome.Fenced);
        bench.Rows(owner.Stream).Select(row => row.Version).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task TwoActivationsInOneQueue_DoNotShareATransaction()
    {
        await using var bench = new CommitterBench();
        var first = new StreamAuthor("pool/twice");
        var second = first.Fork();

        var won = bench.Enqueue(first.Commit(2));
        var lost = bench.Enqueue(second.Commit(2, "other"));
        var follows = bench.Enqueue(first.Commit());
        bench.Pass(TimeSpan.FromSeconds(1));

        won.Now().ShouldBe(CommitOutcome.Committed);
        lost.Now().ShouldBe(CommitOutcome.Fenced);
        follows.Now().ShouldBe(CommitOutcome.Committed);
        bench.Rows(first.Stream).Count.ShouldBe(3);
    }

    [Fact]
    public async Task SpuriousConflict_IsTriedAgainAndCommits()
    {
        await using var bench = new CommitterBench();
        bench.Faults.Enqueue(WriteFault.Conflict);
        var outcome = bench.Enqueue(new StreamAuthor("pool/a").Commit());

        bench.Pass(TimeSpan.FromSeconds(1));

        outcome.Now().ShouldBe(CommitOutcome.Committed);
    }

    [Fact]
    public async Task StreamBlockedByAnUncommittedRow_DoesNotHoldUpTheOthers()
    {
        await using var bench = new CommitterBench();
        var authors = Enumerable.Range(0, 100).Select(i => new StreamAuthor($"user/{i}")).ToList();
        var blocked = authors[42];
        bench.BeforeWrite = batch =>
        {
            if (batch.Any(commit => commit.Stream == blocked.Stream))
            {
                bench.Faults.Enqueue(WriteFault.Blocked);
            }
        };
        var outcomes = authors.Select(author => bench.Enqueue(author.Commit())).ToList();
        bench.Run();

        outcomes.Count(outcome => outcome.IsCompleted).ShouldBe(99);
        bench.Batches.Count(batch => batch.Any(commit => commit.Stream == blocked.Stream)).ShouldBeLessThanOrEqualTo(4);
        var more = bench.Enqueue(blocked.Commit());
        var free = bench.Enqueue(authors[0].Commit());
        bench.Run();
        free.Now().ShouldBe(CommitOutcome.Committed);

        bench.BeforeWrite = null;
        bench.Pass(TimeSpan.FromSeconds(2));
        outcomes[42].Now().ShouldBe(CommitOutcome.Committed);
        more.Now().ShouldBe(CommitOutcome.Committed);
        bench.Rows(blocked.Stream).Select(row => row.Version).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task StreamThatTheBlockerTook_IsFencedWithAllThatWaitedForIt()
    {
        await using var bench = new CommitterBench();
        var stale = new StreamAuthor("pool/blocked");
        var foreign = stale.Fork().Commit(1, "foreign");
        bench.Faults.Enqueue(WriteFault.Blocked);
        var first = bench.Enqueue(stale.Commit());
        bench.Run();
        var second = bench.Enqueue(stale.Commit());
        bench.Run();
        bench.Ledger.Journal.Append([foreign]);
        bench.Pass(TimeSpan.FromSeconds(2));
        var third = bench.Enqueue(stale.Commit());
        bench.Run();

        new[] { first, second, third }.Now().ShouldAllBe(outcome => outcome == CommitOutcome.Fenced);
        bench.Rows(stale.Stream).ShouldBeSame(foreign.Entries);
    }

    [Fact]
    public async Task MoreFailedActivationsThanCanBeRemembered_StopAcceptanceUntilTheyAge()
    {
        var options = new GroupCommitOptions { FencedLineages = 3, FencedMemory = TimeSpan.FromMinutes(1) };
        await using var bench = new CommitterBench(options);
        for (var i = 0; i < 4; i++)
        {
            var stale = new StreamAuthor($"pool/{i}");
            bench.Ledger.Journal.Append([stale.Fork().Commit(1, "foreign")]);
            _ = bench.Enqueue(stale.Commit());
            bench.Run();
        }

        bench.Committer.TryReserve(1).ShouldBeFalse();
        bench.Time.Advance(TimeSpan.FromSeconds(61));
        bench.Committer.TryReserve(1).ShouldBeTrue();
    }
}
