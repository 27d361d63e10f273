using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Volatile;

/// <summary>
/// A journal in memory, with the rules of a database: the primary key is unique, nothing else is checked. Several
/// <see cref="VolatileLedger"/>s may share one, as several hosts share a database.
/// </summary>
public sealed class VolatileJournal
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<StreamId, SortedList<long, Entry>> _streams = [];
    private readonly Dictionary<StreamId, SortedDictionary<(StreamId Stream, long Version), Entry>> _credits = [];
    private readonly VolatileSnapshots _snapshots = new();

    /// <summary>Ends a transaction: all rows or, where a primary key exists, none.</summary>
    public WriteOutcome Append(IReadOnlyList<Commit> batch)
    {
        lock (_gate)
        {
            var keys = new HashSet<(StreamId, long)>();
            foreach (var entry in batch.SelectMany(commit => commit.Entries))
            {
                if (!keys.Add((entry.Stream, entry.Version)) || Find(entry.Stream, entry.Version) is not null)
                {
                    return WriteOutcome.Conflict;
                }
            }

            foreach (var entry in batch.SelectMany(commit => commit.Entries))
            {
                Put(entry);
            }

            return WriteOutcome.Committed;
        }
    }

    /// <summary>Deletes all snapshots, as an operator may at any time.</summary>
    public void ClearSnapshots()
    {
        lock (_gate)
        {
            _snapshots.Clear();
        }
    }

    /// <summary>Changes or (null) deletes a row behind the program's back, for tests of the audit.</summary>
    internal void Tamper(StreamId stream, long version, Func<Entry, Entry?> change)
    {
        lock (_gate)
        {
            var entry = Find(stream, version) ?? throw new InvalidOperationException("No such row.");
            _streams[stream].Remove(version);
            if (HasIndexedCredit(entry))
            {
                _credits[entry.Credit].Remove((stream, version));
            }

            if (change(entry) is { } changed)
            {
                Put(changed);
            }
        }
    }

    internal void DeleteSegment(StreamId stream, int index)
    {
        lock (_gate)
        {
            _snapshots.DeleteSegment(stream, index);
        }
    }

    internal JournalProbe Probe(IReadOnlyList<StreamId> streams, IReadOnlyList<(StreamId, long)> entries)
    {
        lock (_gate)
        {
            return new JournalProbe(
                [.. streams.Select(Head)],
                [.. entries.Select(key => Find(key.Item1, key.Item2)?.Chain)]);
        }
    }

    internal IReadOnlyList<Entry?> Entries(IReadOnlyList<(StreamId, long)> entries)
    {
        lock (_gate)
        {
            return [.. entries.Select(key => Find(key.Item1, key.Item2))];
        }
    }

    internal IReadOnlyList<StreamLoad> Load(IReadOnlyList<LoadRequest> requests)
    {
        lock (_gate)
        {
            return [.. requests.Select(Load)];
        }
    }

    internal IReadOnlyList<IReadOnlyList<Entry>> Credits(IReadOnlyList<CreditRequest> requests)
    {
        lock (_gate)
        {
            return [.. requests.Select(request => Credits(request.Account, request.Cursor))];
        }
    }

    internal IReadOnlyList<Entry> Read(StreamId stream, long fromVersion, int limit)
    {
        lock (_gate)
        {
            return [.. From(stream, fromVersion).Take(limit)];
        }
    }

    internal TransferSlice Transfers(StreamId account, TransferCursor? before, int limit)
    {
        var place = before ?? TransferCursor.Newest;
        lock (_gate)
        {
            return TransferSlice.Of(
                Newest(From(account, 0), TransferSlice.OwnEntries(limit)),
                Newest(AllCredits(account), limit + 1),
                limit);
        }

        List<Entry> Newest(IEnumerable<Entry> entries, int count) =>
            [.. entries.Where(entry => Place(entry).CompareTo((place.At, place.Stream, place.Version)) < 0)
                .OrderByDescending(Place)
                .Take(count)];
    }

    internal void Save(Snapshot snapshot)
    {
        lock (_gate)
        {
            _snapshots.Save(snapshot);
        }
    }

    /// <summary>What a read snapshot sees.</summary>
    internal VolatileJournal Copy()
    {
        lock (_gate)
        {
            var copy = new VolatileJournal();
            foreach (var entry in _streams.Values.SelectMany(stream => stream.Values))
            {
                copy.Put(entry);
            }

            foreach (var snapshot in _snapshots.All())
            {
                copy._snapshots.Save(snapshot);
            }

            return copy;
        }
    }

    internal IEnumerable<Entry> AllEntries() => _streams.Values.SelectMany(stream => stream.Values);

    internal IEnumerable<Snapshot> AllSnapshots() => _snapshots.All();

    private static (long At, StreamId Stream, long Version) Place(Entry entry) =>
        (entry.At, entry.Stream, entry.Version);

    private static bool HasIndexedCredit(Entry entry) => !entry.Credit.IsNone && entry.Credit != entry.Stream;

    private void Put(Entry entry)
    {
        if (!_streams.TryGetValue(entry.Stream, out var stream))
        {
            _streams[entry.Stream] = stream = [];
        }

        stream.Add(entry.Version, entry);
        if (HasIndexedCredit(entry))
        {
            if (!_credits.TryGetValue(entry.Credit, out var credits))
            {
                _credits[entry.Credit] = credits = [];
            }

            credits.Add((entry.Stream, entry.Version), entry);
        }
    }

    private Entry? Find(StreamId stream, long version) =>
        _streams.TryGetValue(stream, out var entries) && entries.TryGetValue(version, out var entry) ? entry : null;

    private StreamHead Head(StreamId stream)
    {
        if (!_streams.TryGetValue(stream, out var entries) || entries.Count == 0)
        {
            return new StreamHead(stream, 0, Chain.Start);
        }

        var last = entries.GetValueAtIndex(entries.Count - 1);
        return new StreamHead(stream, last.Version, last.Chain);
    }

    private StreamLoad Load(LoadRequest request)
    {
        var snapshot = _snapshots.Newest(
            request.Stream,
            request.Format,
            candidate => Find(candidate.Stream, candidate.Version)?.Chain == candidate.Chain);
        var cursor = snapshot?.Cursor ?? new Dictionary<StreamId, long>();
        return new StreamLoad(
            request.Stream,
            snapshot,
            [.. From(request.Stream, (snapshot?.Version ?? 0) + 1)],
            request.WithCredits ? Credits(request.Stream, cursor) : []);
    }

    private IReadOnlyList<Entry> Credits(StreamId account, IReadOnlyDictionary<StreamId, long> cursor) =>
        [.. AllCredits(account).Where(entry => entry.Version > cursor.GetValueOrDefault(entry.Stream))];

    private ICollection<Entry> AllCredits(StreamId account) =>
        _credits.TryGetValue(account, out var credits) ? credits.Values : Array.Empty<Entry>();

    private IEnumerable<Entry> From(StreamId stream, long version)
    {
        if (!_streams.TryGetValue(stream, out var entries))
        {
            yield break;
        }

        for (var index = IndexOf(entries.Keys, version); index < entries.Count; index++)
        {
            yield return entries.GetValueAtIndex(index);
        }
    }

    private static int IndexOf(IList<long> versions, long from)
    {
        var (low, high) = (0, versions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = versions[middle] < from ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
