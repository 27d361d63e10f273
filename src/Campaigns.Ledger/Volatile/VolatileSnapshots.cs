using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Volatile;

/// <summary>
/// The newest snapshot per stream and format, with its segments by index; guarded by its owner's lock.
/// </summary>
internal sealed class VolatileSnapshots
{
    private readonly SortedDictionary<StreamId, SortedDictionary<int, Row>> _rows = [];

    public void Save(Snapshot snapshot)
    {
        if (!_rows.TryGetValue(snapshot.Stream, out var formats))
        {
            _rows[snapshot.Stream] = formats = [];
        }

        if (!formats.TryGetValue(snapshot.Format, out var row))
        {
            formats[snapshot.Format] = row = new Row();
        }

        for (var i = 0; i < snapshot.Segments.Count; i++)
        {
            row.Segments.TryAdd(snapshot.FirstSegment + i, snapshot.Segments[i]);
        }

        if (row.Newest is null || row.Newest.Version < snapshot.Version)
        {
            row.Newest = snapshot;
        }
    }

    public Snapshot? Newest(StreamId stream, int? format, Func<Snapshot, bool> confirmed) =>
        !_rows.TryGetValue(stream, out var formats)
            ? null
            : formats.Where(row => format is null || row.Key == format)
                .Select(row => row.Value)
                .Where(row => confirmed(row.Newest!) && row.IsComplete)
                .Select(row => row.Assembled())
                .MaxBy(snapshot => snapshot.Version);

    public IEnumerable<Snapshot> All() =>
        _rows.Values.SelectMany(
            formats => formats.Values
                .Where(row => row.IsComplete)
                .Select(row => row.Assembled())
                .OrderBy(snapshot => snapshot.Version));

    public void DeleteSegment(StreamId stream, int index)
    {
        foreach (var row in _rows[stream].Values)
        {
            row.Segments.Remove(index);
        }
    }

    public void Clear() => _rows.Clear();

    private sealed class Row
    {
        public Snapshot? Newest { get; set; }

        public SortedDictionary<int, ReadOnlyMemory<byte>> Segments { get; } = [];

        public bool IsComplete => Enumerable.Range(0, Count).All(Segments.ContainsKey);

        private int Count => Newest!.FirstSegment + Newest.Segments.Count;

        public Snapshot Assembled() => Newest! with
        {
            FirstSegment = 0,
            Segments = [.. Enumerable.Range(0, Count).Select(index => Segments.GetValueOrDefault(index))],
        };
    }
}
