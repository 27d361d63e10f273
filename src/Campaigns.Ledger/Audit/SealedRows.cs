using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Audit;

/// <summary>Rows of one stream with consecutive versions that one seal names.</summary>
/// <param name="End">The version behind the last.</param>
/// <param name="Committer">Index of the committer's stream, see <see cref="CommitterSeals"/>.</param>
/// <param name="Seal">The seal's version in that stream.</param>
internal readonly record struct SealedRows(StreamId Stream, long From, long End, int Committer, long Seal)
    : IComparable<SealedRows>
{
    public RowPlace Start => new(Stream, From);

    public bool IsEmpty => From >= End;

    /// <summary>What is left of it from a place on.</summary>
    public SealedRows After(RowPlace place)
    {
        var byStream = Stream.CompareTo(place.Stream);
        return this with { From = byStream < 0 ? End : byStream > 0 ? From : Math.Max(From, place.Version) };
    }

    /// <summary>What is left of it up to a place, which is not part of it.</summary>
    public SealedRows Before(RowPlace place)
    {
        var byStream = Stream.CompareTo(place.Stream);
        return this with { End = byStream < 0 ? End : byStream > 0 ? From : Math.Min(End, place.Version) };
    }

    public int CompareTo(SealedRows other) => Start.CompareTo(other.Start);
}
