using Campaigns.Domain.Payloads;
using Campaigns.Grains.Journal;
using Campaigns.Ledger;

namespace Campaigns.Grains.Directory;

/// <summary>The newest announced version of each campaign.</summary>
internal sealed class DirectoryState : IJournaledState
{
    private readonly SortedDictionary<string, long> _announced = new(StringComparer.Ordinal);

    public int Format => 1;

    public long Announced(string campaignId) => _announced.GetValueOrDefault(campaignId);

    public void Apply(Entry entry)
    {
        var (campaignId, version) = CampaignAnnounced.Read(entry.Payload.Span);
        _announced[campaignId] = version;
    }

    public void Credit(Entry entry)
    {
    }

    public byte[] Write()
    {
        var writer = new PayloadWriter().Unsigned((ulong)_announced.Count);
        foreach (var (campaignId, version) in _announced)
        {
            writer.Text(campaignId).Signed(version);
        }

        return writer.ToArray();
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Segments(int from) => [];

    public void Restore(Snapshot snapshot)
    {
        var reader = new PayloadReader(snapshot.State.Span);
        for (var left = reader.Unsigned(); left > 0; left--)
        {
            var campaignId = reader.Text();
            _announced[campaignId] = reader.Signed();
        }
    }
}
