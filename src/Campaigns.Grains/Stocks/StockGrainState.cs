using Campaigns.Domain.Payloads;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;
using Campaigns.Ledger;

namespace Campaigns.Grains.Stocks;

/// <summary>A stock's stream folded, and the funding that it has been credited with but has not met yet.</summary>
internal sealed class StockGrainState : IJournaledState
{
    private readonly SortedDictionary<long, Funding> _unmet = [];

    public HoldBook Book { get; private set; } = new();

    /// <summary>In the order of the campaign's stream.</summary>
    public IEnumerable<FundStock> Unmet => _unmet.Select(pair => new FundStock(
        pair.Key, pair.Value.Unit == Units.Pieces ? 0 : pair.Value.Amount,
        pair.Value.Unit == Units.Pieces ? pair.Value.Amount : 0));

    /// <summary>What it was credited with before it opened, by unit.</summary>
    public IEnumerable<(string Unit, long Amount)> UnmetFunding =>
        _unmet.Values.Select(funding => (funding.Unit, funding.Amount));

    /// <summary>Met or not, the campaign's entries have brought at least this much.</summary>
    public bool WasGiven(StockPlan share) =>
        Given(Book.Money, share.Money, pieces: false) && Given(Book.Pieces, share.Pieces, pieces: true);

    public int UnmetCount => _unmet.Count;

    public bool HasUnmet => _unmet.Count > 0;

    public int Format => 1;

    public void Apply(Entry entry)
    {
        Book.Apply(StockEvent.Read(entry.Kind, entry.Payload.Span));
        foreach (var met in _unmet.Keys.Where(version => version <= Book.FundingVersion).ToList())
        {
            _unmet.Remove(met);
        }
    }

    public void Credit(Entry entry)
    {
        if (entry.Kind == EntryKind.PoolFunded && entry.Version > Book.FundingVersion)
        {
            _unmet[entry.Version] = new Funding(entry.Unit!, entry.Amount);
        }
    }

    public byte[] Write()
    {
        var writer = new PayloadWriter(1_024).Unsigned((ulong)_unmet.Count);
        foreach (var (version, funding) in _unmet)
        {
            writer.Signed(version).Text(funding.Unit).Signed(funding.Amount);
        }

        return writer.Bytes(Book.WriteState()).ToArray();
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Segments(int from)
    {
        var segments = new List<ReadOnlyMemory<byte>>();
        for (var segment = from; segment < Book.FrozenSegments(); segment++)
        {
            segments.Add(Book.WriteSegment(segment));
        }

        return segments;
    }

    public void Restore(Snapshot snapshot)
    {
        var reader = new PayloadReader(snapshot.State.Span);
        for (var left = reader.Unsigned(); left > 0; left--)
        {
            var version = reader.Signed();
            _unmet[version] = new Funding(reader.Text(), reader.Signed());
        }

        Book = HoldBook.Read(reader.Bytes(), snapshot.Segments);
    }

    private bool Given(StockAccount account, long least, bool pieces) => account.Funded >= least
        || account.Funded + _unmet.Values.Where(one => (one.Unit == Units.Pieces) == pieces).Sum(one => one.Amount)
            >= least;

    private readonly record struct Funding(string Unit, long Amount);
}
