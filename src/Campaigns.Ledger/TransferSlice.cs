using Campaigns.Domain.Values;

namespace Campaigns.Ledger;

/// <summary>A place in an account's statement.</summary>
public readonly record struct TransferCursor(long At, StreamId Stream, long Version)
{
    /// <summary>Before everything: the newest transfer is the next.</summary>
    internal static TransferCursor Newest => new(long.MaxValue, new StreamId(UInt128.MaxValue), long.MaxValue);

    internal static TransferCursor Of(Entry entry) => new(entry.At, entry.Stream, entry.Version);

    /// <summary>
    /// The time up to which entries of a source lie behind this place. Time never runs back within a stream, so they
    /// are those up to some version; in the place's own stream the version itself tells.
    /// </summary>
    internal long LatestOf(StreamId source) => source < Stream ? At : At - 1;
}

/// <summary>Part of an account's statement.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Next">Where the statement goes on; null: nothing is older.</param>
public sealed record TransferSlice(IReadOnlyList<Entry> Entries, TransferCursor? Next)
{
    /// <summary>
    /// Entries of the account's own stream that one slice looks at, for those that move value: enough that hardly
    /// anybody's slice comes out short.
    /// </summary>
    internal static int OwnEntries(int limit) => Math.Max(200, 2 * limit);

    /// <summary>Puts together what a database has read behind a place.</summary>
    /// <param name="own">Of the account's own stream the newest <see cref="OwnEntries"/>, also without value.</param>
    /// <param name="credits">Of the credits by others the newest, one more than <paramref name="limit"/>.</param>
    internal static TransferSlice Of(IReadOnlyList<Entry> own, IReadOnlyList<Entry> credits, int limit)
    {
        var oldest = own.Count == OwnEntries(limit) ? own.Min(Place) : default;
        var known = own.Where(entry => !entry.Credit.IsNone || entry.IsUnreadable).Concat(credits)
            .Where(entry => Place(entry).CompareTo(oldest) >= 0)
            .OrderByDescending(Place)
            .Take(limit + 1)
            .ToList();
        if (known.Count > limit)
        {
            return new TransferSlice(known[..limit], TransferCursor.Of(known[limit - 1]));
        }

        return new TransferSlice(
            known, oldest == default ? null : new TransferCursor(oldest.At, oldest.Stream, oldest.Version));
    }

    private static (long At, StreamId Stream, long Version) Place(Entry entry) =>
        (entry.At, entry.Stream, entry.Version);
}
