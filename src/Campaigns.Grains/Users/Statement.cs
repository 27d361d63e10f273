using System.Globalization;
using Campaigns.Contracts;
using Campaigns.Domain.CheckIns;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Users;

/// <summary>A user's ledger, read from the journal page by page, newest first.</summary>
internal sealed class Statement(ILedger ledger, StreamNameIndex names)
{
    /// <summary>
    /// A page costs no more than so many slices of the journal: where they hold nothing to show it comes out short, and
    /// its cursor goes on.
    /// </summary>
    private const int MaxSlices = 4;

    /// <summary>Throws <see cref="FormatException"/> for a cursor that no page has given out.</summary>
    public async Task<TransferPage> ReadAsync(StreamId account, TransferRequest request)
    {
        TransferCursor? before = request.Cursor is null ? null : ParseCursor(request.Cursor);
        var items = new List<Transfer>(request.Limit);
        for (var slices = 0; slices < MaxSlices; slices++)
        {
            var slice = await ledger.TransfersAsync(
                account, before, request.Limit - items.Count, CancellationToken.None);
            foreach (var entry in slice.Entries)
            {
                if (entry.IsUnreadable)
                {
                    throw new LedgerUnavailableException(
                        $"Stream {entry.Stream} is damaged at version {entry.Version}.");
                }

                // Quota marks count orders; they are no value.
                if (!Units.IsMark(entry.Unit!))
                {
                    items.Add(await DescribeAsync(account, entry));
                }
            }

            before = slice.Next;
            if (before is null || items.Count == request.Limit)
            {
                break;
            }
        }

        return new TransferPage(Outcome.Done, [.. items], before is { } next ? WriteCursor(next) : null);
    }

    private async ValueTask<Transfer> DescribeAsync(StreamId account, Entry entry)
    {
        const string Self = "me";
        string from;
        string to;
        ActivityRef? activity;
        if (entry.Stream == account)
        {
            activity = ReadActivity(entry);
            var program = activity is { } own ? $"campaign/{own.CampaignId}/{own.ActivityId}" : "campaign";
            (from, to) = entry.Credit == account ? (program, Self) : (Self, program);
        }
        else
        {
            from = await names.NameAsync(entry.Stream);
            to = Self;
            activity = PoolActivity(from);
        }

        return new Transfer(
            $"{entry.Stream}-{entry.Version.ToString(CultureInfo.InvariantCulture)}",
            entry.Unit!, entry.Amount, from, to,
            Reason(entry.Kind), activity?.CampaignId, activity?.ActivityId,
            DateTimeOffset.FromUnixTimeMilliseconds(entry.At));
    }

    private static ActivityRef ReadActivity(Entry entry)
    {
        var reader = new PayloadReader(entry.Payload.Span);
        if (entry.Kind == EntryKind.CheckedIn)
        {
            var checkedIn = CheckedIn.Read(ref reader);
            return new ActivityRef(checkedIn.CampaignId, checkedIn.ActivityId);
        }

        return ActivityRef.Read(ref reader);
    }

    private static ActivityRef? PoolActivity(string streamName)
    {
        var parts = streamName.Split('/');
        return parts is ["pool", var campaign, var activity, ..] ? new ActivityRef(campaign, activity) : null;
    }

    private static string Reason(EntryKind kind) => kind switch
    {
        EntryKind.PacketDrawn => "draw",
        EntryKind.CheckedIn or EntryKind.RewardGranted => "check-in",
        EntryKind.StockConfirmed or EntryKind.TakeRewarded => "reward",
        EntryKind.TakeIntended or EntryKind.TakeMade => "cost",
        EntryKind.TakeRefused => "cost-returned",
        _ => "transfer",
    };

    private static string WriteCursor(TransferCursor last) =>
        string.Create(CultureInfo.InvariantCulture, $"{last.At}.{last.Stream}.{last.Version}");

    private static TransferCursor ParseCursor(string cursor)
    {
        var parts = cursor.Split('.');
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && parts[1].Length == 32
            && UInt128.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var stream)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new TransferCursor(at, new StreamId(stream), version)
            : throw new FormatException("This cursor was not given out by a page.");
    }
}
