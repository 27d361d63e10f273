using Campaigns.Ledger.GroupCommit;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.GroupCommit;

/// <summary>Rules 3 and 4: what the journal's answer after a failed batch says about each commit.</summary>
public sealed class ResolutionTests
{
    private readonly CommitCapacity _capacity = new(new GroupCommitOptions());

    [Fact]
    public void HeadOfTheExpectedVersionButAnotherChain_IsAnotherHistory()
    {
        var (own, foreign) = (new StreamAuthor("pool/twin"), new StreamAuthor("pool/twin"));
        own.Commit(text: "own");
        foreign.Commit(text: "foreign");
        var pending = Pending(own.Commit());

        var resolution = Resolution.Of(
            new Batch([pending]), [new StreamHead(own.Stream, foreign.Version, foreign.Chain)], [null]);

        resolution.Fenced.ShouldBe([pending]);
        resolution.Again.ShouldBeEmpty();
    }

    [Fact]
    public void CommitsBeforeOneThatHasArrived_HaveArrivedToo_AndTheRestGoesOnBehindIt()
    {
        var author = new StreamAuthor("pool/half");
        var commits = Enumerable.Range(0, 4).Select(_ => author.Commit()).ToList();
        var pending = commits.Select(Pending).ToList();
        var head = commits[1].Entries[^1];

        var resolution = Resolution.Of(
            new Batch(pending),
            [new StreamHead(author.Stream, head.Version, head.Chain)],
            [null, head.Chain, null, null]);

        resolution.Committed.ShouldBe(pending[..2]);
        resolution.Again.ShouldBe(pending[2..]);
        resolution.Fenced.ShouldBeEmpty();
    }

    private PendingCommit Pending(Commit commit) => new(commit, _capacity, since: 0);
}
