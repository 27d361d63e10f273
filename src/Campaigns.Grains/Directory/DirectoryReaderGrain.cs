using Campaigns.Contracts;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Directory;

/// <summary>
/// Reads the directory from the database at each call: the writing grain's memory is no proof while a cluster's
/// membership changes.
/// </summary>
[StatelessWorker(1), Reentrant]
internal sealed class DirectoryReaderGrain(ILedger ledger) : Grain, IDirectoryReaderGrain
{
    private const int PageSize = 1_000;
    private static readonly StreamId Stream = StreamId.Of(StreamNames.Directory);

    public async Task<DirectoryChanges> Changes(long since)
    {
        try
        {
            return await ReadAsync(since);
        }
        catch (LedgerUnavailableException unavailable)
        {
            // An exception that both sides of a call know.
            throw new TimeoutException("The directory could not be read: " + unavailable.Message);
        }
    }

    private async Task<DirectoryChanges> ReadAsync(long since)
    {
        var newest = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (true)
        {
            var page = await ledger.ReadAsync(Stream, since + 1, PageSize, CancellationToken.None);
            foreach (var entry in page)
            {
                var announced = CampaignAnnounced.Read(entry.Payload.Span);
                newest[announced.CampaignId] = announced.Version;
                since = entry.Version;
            }

            if (page.Count < PageSize)
            {
                return new DirectoryChanges(
                    since, [.. newest.Select(pair => new CampaignChange(pair.Key, pair.Value))]);
            }
        }
    }
}
