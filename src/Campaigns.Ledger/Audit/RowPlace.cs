using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Audit;

/// <summary>Where a row stands in the order in which the journal is read.</summary>
internal readonly record struct RowPlace(StreamId Stream, long Version) : IComparable<RowPlace>
{
    public static RowPlace First => default;

    public int CompareTo(RowPlace other)
    {
        var byStream = Stream.CompareTo(other.Stream);
        return byStream != 0 ? byStream : Version.CompareTo(other.Version);
    }
}
