using Campaigns.Domain.Values;
using Campaigns.Grains.Campaigns;
using Campaigns.Grains.Directory;
using Campaigns.Grains.Journal;
using Campaigns.Grains.Orders;
using Campaigns.Grains.Pools;
using Campaigns.Grains.Stocks;
using Campaigns.Grains.Users;
using Campaigns.Ledger;

namespace Campaigns.Grains.Auditing;

/// <summary>Folds a stream as its grain does; the kind of the first entry tells whose it is.</summary>
internal static class StateReplay
{
    private const int PageSize = 4_096;

    /// <summary>Null for streams that no grain owns: the committers'.</summary>
    public static IJournaledState? StateFor(EntryKind first) => first switch
    {
        EntryKind.CampaignAnnounced => new DirectoryState(),
        EntryKind.CampaignDrafted => new CampaignGrainState(),
        EntryKind.PacketPoolOpened => new PacketPoolState(recentEntries: 1),
        EntryKind.StockOpened => new StockGrainState(),
        EntryKind.OrderReserved or EntryKind.OrderTombstoned => new OrderGrainState(),
        >= EntryKind.FactsSet and < EntryKind.OrderReserved => new UserState(),
        EntryKind.CommitterStarted or EntryKind.BatchSealed => null,
        _ => throw new FormatException($"No stream begins with an entry of kind {first}."),
    };

    /// <summary>
    /// The state at a snapshot's version and cursor, folded from the entries alone; null where nobody owns it.
    /// </summary>
    public static async ValueTask<IJournaledState?> AtAsync(Snapshot snapshot, IJournalView view)
    {
        IJournaledState? state = null;
        for (var from = 1L; from <= snapshot.Version;)
        {
            var page = await view.ReadAsync(snapshot.Stream, from, PageSize, CancellationToken.None);
            foreach (var entry in page.TakeWhile(entry => entry.Version <= snapshot.Version))
            {
                state ??= StateFor(entry.Kind);
                state?.Apply(entry);
                from = entry.Version + 1;
            }

            if (page.Count == 0 || state is null)
            {
                break;
            }
        }

        if (state is not null)
        {
            foreach (var credit in await view.CreditsAsync(snapshot.Stream, CancellationToken.None))
            {
                if (!credit.IsUnreadable && credit.Version <= snapshot.Cursor.GetValueOrDefault(credit.Stream))
                {
                    state.Credit(credit);
                }
            }
        }

        return state;
    }

    /// <summary>True where the snapshot holds the bytes that the state would write.</summary>
    public static bool Agrees(Snapshot snapshot, IJournaledState state)
    {
        if (!snapshot.State.Span.SequenceEqual(state.Write()))
        {
            return false;
        }

        var segments = state.Segments(0);
        for (var index = 0; index < snapshot.Segments.Count; index++)
        {
            if (index >= segments.Count || !snapshot.Segments[index].Span.SequenceEqual(segments[index].Span))
            {
                return false;
            }
        }

        return true;
    }
}
