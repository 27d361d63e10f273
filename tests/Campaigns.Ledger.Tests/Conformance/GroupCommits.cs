using Campaigns.Domain.Values;
using Campaigns.Ledger.GroupCommit;
using Campaigns.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Campaigns.Ledger.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task GroupCommitFromManyThreads_MakesEveryCommitDurableInOrder()
    {
        await using var committer = await StartCommitterAsync(Ledger, "many", lanes: Backend.WriteConnections);
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), async (i, _) =>
        {
            var author = new StreamAuthor($"user/parallel/{i}");
            var outcomes = Enumerable.Range(0, 25).Select(_ => Hand(committer, author.Commit())).ToList();
            (await Task.WhenAll(outcomes)).ShouldAllBe(outcome => outcome == CommitOutcome.Committed);
        });
        await committer.StopAsync(None);

        var entries = await ScanAsync();
        entries.Count(entry => entry.Kind == EntryKind.FactsSet).ShouldBe(1_000);
        foreach (var stream in entries.GroupBy(entry => entry.Stream))
        {
            var chain = Chain.Start;
            foreach (var (entry, i) in stream.Select((entry, i) => (entry, i)))
            {
                entry.Version.ShouldBe(i + 1);
                entry.Chain.ShouldBe(chain = StreamAuthor.Key.Next(chain, entry));
            }
        }
    }

    [Fact]
    public async Task TwoCommittersOfOneStream_LeaveOneHistoryAndTheLoserGoesOnAfterReloading()
    {
        await using var second = await Backend.OpenAsync();
        await using var left = await StartCommitterAsync(Ledger, "left");
        await using var right = await StartCommitterAsync(second, "right");
        var issued = await Task.WhenAll(
            ActivationAsync(left, Ledger, "left"), ActivationAsync(right, second, "right"));

        var rows = await Ledger.ReadAsync(StreamId.Of("pool/contended"), 1, 10_000, None);
        rows.Select(row => row.Version).ShouldBe(Enumerable.Range(1, issued.Sum()).Select(i => (long)i));
        var chain = Chain.Start;
        foreach (var row in rows)
        {
            row.Chain.ShouldBe(chain = StreamAuthor.Key.Next(chain, row));
        }
    }

    /// <summary>Loads, commits ahead of the answers as a grain does, and loads again when it was fenced.</summary>
    private static async Task<int> ActivationAsync(GroupCommitter committer, ILedger ledger, string text)
    {
        var committed = 0;
        for (var life = 0; life < 30; life++)
        {
            var stream = StreamId.Of("pool/contended");
            var head = (await ledger.HeadsAsync([stream], None))[0];
            var author = StreamAuthor.Resume(head);
            var outcomes = Enumerable.Range(0, 5).Select(_ => Hand(committer, author.Commit(1, text))).ToList();
            committed += (await Task.WhenAll(outcomes)).Count(outcome => outcome == CommitOutcome.Committed);
        }

        return committed;
    }

    private static Task<CommitOutcome> Hand(GroupCommitter committer, Commit commit)
    {
        committer.TryReserve(commit.Entries.Count).ShouldBeTrue();
        return committer.Enqueue(commit, commit.Entries.Count);
    }

    private protected static async Task<GroupCommitter> StartCommitterAsync(
        ILedger ledger, string id, int lanes = 1)
    {
        var committer = new GroupCommitter(id, new GroupCommitServices(
            ledger,
            StreamAuthor.Key,
            new GroupCommitOptions { Lanes = lanes },
            TimeProvider.System,
            NullLogger<GroupCommitter>.Instance,
            TaskScheduler.Default));
        await committer.StartAsync(None);
        return committer;
    }
}
