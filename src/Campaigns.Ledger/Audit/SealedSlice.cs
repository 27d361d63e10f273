namespace Campaigns.Ledger.Audit;

/// <summary>
/// What committers have sealed between two places of the journal, in the order of the rows. Seals lie in the order of
/// time: each slice is one reading of them all, which keeps of them what memory may hold.
/// </summary>
internal sealed class SealedSlice
{
    private readonly List<SealedRows> _ranges = [];
    private readonly RowPlace _from;
    private readonly int _capacity;

    private SealedSlice(RowPlace from, int capacity) => (_from, _capacity) = (from, capacity);

    public IReadOnlyList<SealedRows> Ranges => _ranges;

    /// <summary>Where the next slice begins; null: this is the last.</summary>
    public RowPlace? End { get; private set; }

    /// <param name="capacity">Ranges of one slice; twice as many are held while the seals are read.</param>
    public static async Task<SealedSlice> ReadAsync(
        CommitterSeals seals, RowPlace from, int capacity, CancellationToken cancellation)
    {
        var slice = new SealedSlice(from, capacity);
        await foreach (var range in seals.RowsAsync(cancellation))
        {
            slice.Add(range);
        }

        slice.CutTo(capacity);
        return slice;
    }

    private void Add(SealedRows range)
    {
        range = Clip(range.After(_from));
        if (!range.IsEmpty)
        {
            _ranges.Add(range);
            if (_ranges.Count >= 2 * _capacity)
            {
                CutTo(_capacity);
            }
        }
    }

    private void CutTo(int capacity)
    {
        _ranges.Sort();

        // More seals of one and the same row than there is room for cannot be cut apart.
        if (_ranges.Count > capacity && _ranges[capacity].Start.CompareTo(_ranges[0].Start) > 0)
        {
            End = _ranges[capacity].Start;
            _ranges.RemoveRange(capacity, _ranges.Count - capacity);
            for (var i = 0; i < capacity; i++)
            {
                _ranges[i] = Clip(_ranges[i]);
            }

            _ranges.RemoveAll(range => range.IsEmpty);
        }
    }

    private SealedRows Clip(SealedRows range) => End is { } end ? range.Before(end) : range;
}
