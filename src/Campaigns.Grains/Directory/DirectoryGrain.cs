using Campaigns.Contracts;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;

namespace Campaigns.Grains.Directory;

[Reentrant]
internal sealed class DirectoryGrain(JournalServices services)
    : JournaledGrain<DirectoryState>(services), IDirectoryGrain
{
    protected override string StreamName => StreamNames.Directory;

    protected override DirectoryState NewState() => new();

    public async Task<Outcome> Announce(string campaignId, long version)
    {
        if (Journal.IsLost)
        {
            return Outcome.Unavailable;
        }

        if (State.Announced(campaignId) < version
            && Journal.TryAppend(
                new EntryDraft(
                    EntryKind.CampaignAnnounced, new CampaignAnnounced(campaignId, version).Write())) is null)
        {
            return Outcome.Overloaded;
        }

        return await Journal.DurableAsync() ? Outcome.Done : Outcome.Unavailable;
    }
}
