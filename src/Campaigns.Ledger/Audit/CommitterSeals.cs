using System.Runtime.CompilerServices;
using Campaigns.Domain.Values;
using Campaigns.Ledger.GroupCommit;

namespace Campaigns.Ledger.Audit;

/// <summary>
/// What all committers have sealed. Only an entry that has the chain of its content is believed: what a changed one
/// says is not a committer's word.
/// </summary>
internal sealed class CommitterSeals
{
    private const int SealsPerPage = 64;

    private readonly IJournalView _view;
    private readonly ChainKey _key;
    private readonly StreamId[] _streams;

    private CommitterSeals(IJournalView view, ChainKey key, StreamId[] streams)
    {
        (_view, _key, _streams) = (view, key, streams);
    }

    /// <summary>Finds the committers by the entries with which they started.</summary>
    public static async Task<CommitterSeals> FindAsync(
        IJournalView view, ChainKey key, CancellationToken cancellation)
    {
        var starts = await view.CreditsAsync(StreamId.Of(StreamNames.Committers), cancellation);
        return new CommitterSeals(view, key, [.. starts.Select(start => start.Stream).Distinct().Order()]);
    }

    public StreamId StreamOf(int committer) => _streams[committer];

    /// <summary>True for the streams whose own rows nobody seals.</summary>
    public bool IsCommitter(StreamId stream) => Array.BinarySearch(_streams, stream) >= 0;

    /// <summary>Everything that was sealed, committer by committer in the order of their batches.</summary>
    public async IAsyncEnumerable<SealedRows> RowsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var committer = 0; committer < _streams.Length; committer++)
        {
            await foreach (var entry in SealsAsync(_streams[committer], cancellation))
            {
                foreach (var range in BatchSeal.Read(entry.Payload.Span).Ranges)
                {
                    yield return new SealedRows(
                        range.Stream, range.From, range.From + range.Count, committer, entry.Version);
                }
            }
        }
    }

    private async IAsyncEnumerable<Entry> SealsAsync(
        StreamId stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var head = new StreamHead(stream, 0, Chain.Start);
        IReadOnlyList<Entry> page;
        do
        {
            page = await _view.ReadAsync(stream, head.Version + 1, SealsPerPage, cancellation);
            foreach (var entry in page)
            {
                var intact = entry.Version == head.Version + 1 && _key.Next(head.Chain, entry) == entry.Chain;
                head = new StreamHead(stream, entry.Version, entry.Chain);
                if (intact && entry.Kind == EntryKind.BatchSealed)
                {
                    yield return entry;
                }
            }
        }
        while (page.Count == SealsPerPage);
    }
}
