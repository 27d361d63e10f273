using Campaigns.Domain.Values;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>Commits that travel in one transaction. Each stream's commits follow one another.</summary>
internal sealed class Batch
{
    /// <param name="arrived">In order of arrival, in which they are answered.</param>
    public Batch(IReadOnlyList<PendingCommit> arrived)
    {
        Arrived = arrived;
        Commits = CommitOrder.Sorted([.. arrived.Select(pending => pending.Commit)]);
        Streams = [.. Commits.Select(commit => commit.Stream).Distinct()];
        Rows = arrived.Sum(pending => pending.Rows);
    }

    public IReadOnlyList<PendingCommit> Arrived { get; }

    /// <summary>In (stream, version) order, in which they are written.</summary>
    public IReadOnlyList<Commit> Commits { get; }

    public IReadOnlyList<StreamId> Streams { get; }

    public int Rows { get; }

    /// <summary>Up to <paramref name="parts"/> batches of whole streams.</summary>
    public IEnumerable<Batch> Split(int parts)
    {
        var size = (Streams.Count + parts - 1) / parts;
        foreach (var chunk in Streams.Chunk(size))
        {
            var (first, last) = (chunk[0], chunk[^1]);
            yield return new Batch(
                [.. Arrived.Where(pending => pending.Stream >= first && pending.Stream <= last)]);
        }
    }
}
