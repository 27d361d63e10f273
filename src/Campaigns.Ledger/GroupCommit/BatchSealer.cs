using Campaigns.Domain.Values;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>
/// The committer's own stream, one per lane: a start that links the other committers' streams, then one seal per batch.
/// Used by its lane alone.
/// </summary>
internal sealed class BatchSealer(string name, ILedger ledger, ChainKey key, TimeProvider time)
{
    private static readonly StreamId Committers = StreamId.Of(StreamNames.Committers);
    private StreamHead _head = new(StreamId.Of(StreamNames.Committer(name)), 0, Chain.Start);
    private long _lastAt;

    public StreamId Stream => _head.Stream;

    /// <summary>The commit that seals a batch, on the head that is known.</summary>
    public Commit Seal(IReadOnlyList<Commit> commits) =>
        Next(EntryKind.BatchSealed, BatchSeal.Over(commits).Write(), StreamId.None);

    /// <summary>The seal is in the journal.</summary>
    public void Follow(Commit seal)
    {
        var entry = seal.Entries[^1];
        _head = new StreamHead(entry.Stream, entry.Version, entry.Chain);
        _lastAt = entry.At;
    }

    /// <summary>
    /// Goes on from what the journal holds: a seal whose outcome was unknown may have arrived, and a committer of the
    /// same name may run beside this one, by a clock that is ahead.
    /// </summary>
    public async Task AdoptAsync(StreamHead head, CancellationToken cancellation)
    {
        if (head != _head && head.Version > 0)
        {
            var last = await ledger.EntriesAsync([(head.Stream, head.Version)], cancellation);
            _lastAt = Math.Max(_lastAt, last[0]?.At ?? 0);
        }

        _head = head;
    }

    /// <summary>
    /// The commit that starts this committer. It links whatever no earlier start has linked, so that everything written
    /// before is covered by a later entry.
    /// </summary>
    public async Task<Commit> StartAsync(CancellationToken cancellation)
    {
        var starts = await ledger.CreditsAsync(Committers, new Dictionary<StreamId, long>(), cancellation);
        var linked = starts.SelectMany(start => CommitterStart.Read(start.Payload.Span).Links).ToHashSet();
        var streams = starts.Select(start => start.Stream).Where(stream => stream != Stream).Distinct().ToList();
        var heads = await ledger.HeadsAsync([.. streams, Stream], cancellation);
        _head = heads[^1];
        if (_head.Version > 0)
        {
            var last = await ledger.EntriesAsync([(Stream, _head.Version)], cancellation);
            _lastAt = last[0]?.At ?? 0;
        }

        var links = heads.Take(streams.Count).Where(head => !linked.Contains(head)).ToList();
        var start = new CommitterStart(StreamNames.Committer(name), links);
        return Next(EntryKind.CommitterStarted, start.Write(), Committers);
    }

    private Commit Next(EntryKind kind, byte[] payload, StreamId credit)
    {
        _lastAt = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), _lastAt);
        var entry = new Entry
        {
            Stream = Stream,
            Version = _head.Version + 1,
            At = _lastAt,
            Kind = kind,
            Credit = credit,
            Payload = payload,
            Chain = Chain.Start,
        };
        entry = entry with { Chain = key.Next(_head.Chain, entry) };
        return new Commit(Stream, _head.Version, _head.Chain, [entry]);
    }
}
