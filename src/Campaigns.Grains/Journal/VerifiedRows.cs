using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Journal;

/// <summary>Rows of the journal, whose chain is held against their content before anything rests on them.</summary>
internal static class VerifiedRows
{
    /// <summary>Rows looked up at a time: those of one query.</summary>
    private const int AtATime = 256;

    /// <summary>Null where there is no such row.</summary>
    /// <exception cref="LedgerUnavailableException">The database failed, or the row was changed.</exception>
    public static async Task<Entry?> VerifiedEntryAsync(this JournalServices services, StreamId stream, long version)
    {
        var row = services.Loader.EntryAsync(stream, version);
        var before = version > 1 ? services.Loader.EntryAsync(stream, version - 1) : Task.FromResult<Entry?>(null);
        if (await row is not { } entry)
        {
            return null;
        }

        services.Verify((await before)?.Chain ?? Chain.Start, entry);
        return entry;
    }

    /// <summary>Rows of other streams, each by its predecessor.</summary>
    /// <exception cref="LedgerUnavailableException">The database failed, or a row was changed.</exception>
    public static async Task VerifyAsync(this JournalServices services, IReadOnlyList<Entry> rows)
    {
        foreach (var some in rows.Chunk(AtATime))
        {
            // All are asked at once. To wait for all at once would leave the grain's scheduler.
            var before = Array.ConvertAll(some, row => row.Version > 1
                ? services.Loader.EntryAsync(row.Stream, row.Version - 1)
                : Task.FromResult<Entry?>(null));
            for (var row = 0; row < some.Length; row++)
            {
                services.Verify((await before[row])?.Chain ?? Chain.Start, some[row]);
            }
        }
    }

    /// <exception cref="LedgerUnavailableException">The row does not follow from its predecessor.</exception>
    public static void Verify(this JournalServices services, Chain previous, Entry entry)
    {
        if (services.ChainKey.Next(previous, entry) != entry.Chain)
        {
            throw services.Alarm.Damaged(entry.Stream, entry.Version);
        }
    }
}
