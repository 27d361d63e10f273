using Campaigns.Domain.Values;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>
/// What the journal says about commits after a batch failed, from one probe: a commit whose last chain is there has
/// arrived. Where the stream's head is what the next commit expects, the rest is written again. Any other head is
/// another activation's history.
/// </summary>
internal sealed class Resolution
{
    private readonly List<PendingCommit> _committed = [];
    private readonly List<PendingCommit> _fenced = [];
    private readonly List<PendingCommit> _again = [];

    private Resolution()
    {
    }

    public IReadOnlyList<PendingCommit> Committed => _committed;

    public IReadOnlyList<PendingCommit> Fenced => _fenced;

    public IReadOnlyList<PendingCommit> Again => _again;

    /// <param name="heads">Of the batch's streams, in their order.</param>
    /// <param name="chains">At the last version of each commit, in order of arrival.</param>
    public static Resolution Of(Batch batch, IReadOnlyList<StreamHead> heads, IReadOnlyList<Chain?> chains)
    {
        var resolution = new Resolution();
        var headOf = heads.ToDictionary(head => head.Stream);
        var arrived = new Dictionary<StreamId, int>();
        for (var i = 0; i < batch.Arrived.Count; i++)
        {
            if (chains[i] == batch.Arrived[i].Tail.Chain)
            {
                arrived[batch.Arrived[i].Stream] = i;
            }
        }

        var verdicts = new Dictionary<StreamId, List<PendingCommit>>();
        for (var i = 0; i < batch.Arrived.Count; i++)
        {
            var pending = batch.Arrived[i];
            if (arrived.TryGetValue(pending.Stream, out var last) && i <= last)
            {
                resolution._committed.Add(pending);
                continue;
            }

            // The first commit of a stream that has not arrived decides for those that follow it.
            if (!verdicts.TryGetValue(pending.Stream, out var verdict))
            {
                verdicts[pending.Stream] = verdict = Expects(pending.Commit, headOf[pending.Stream])
                    ? resolution._again
                    : resolution._fenced;
            }

            verdict.Add(pending);
        }

        return resolution;
    }

    private static bool Expects(Commit commit, StreamHead head) =>
        head.Version == commit.ExpectedVersion && head.Chain == commit.ExpectedChain;
}
